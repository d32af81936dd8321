/** What a template is made of, after `text/template` of Go. */
export type Node =
  | { kind: 'text'; text: string }
  | { kind: 'output'; pipe: Pipe }
  | { kind: 'if'; pipe: Pipe; then: Node[]; otherwise: Node[] }
  | { kind: 'with'; pipe: Pipe; then: Node[]; otherwise: Node[] }
  | { kind: 'range'; pipe: Pipe; then: Node[]; otherwise: Node[] }
  | { kind: 'template'; name: string; pipe?: Pipe }
  | { kind: 'break' }
  | { kind: 'continue' };

export interface Pipe {
  /** Variables that get the value: two only in a `range`. */
  variables: string[];
  /** True for `:=`, false for `=`. */
  declares: boolean;
  /** The value of each is the last argument of the next. */
  commands: Operand[][];
}

export type Operand =
  | { kind: 'dot' }
  | { kind: 'nil' }
  | { kind: 'literal'; value: string | number | boolean }
  | { kind: 'variable'; name: string; path: string[] }
  | { kind: 'field'; path: string[] }
  | { kind: 'function'; name: string }
  | { kind: 'pipe'; pipe: Pipe; path: string[] };

export interface ParsedTemplate {
  body: Node[];
  /** `{{define}}` and `{{block}}`. */
  named: Map<string, Node[]>;
}
