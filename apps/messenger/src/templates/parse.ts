import type { Node, ParsedTemplate, Pipe } from './nodes.js';
import { PipeReader } from './parse-pipe.js';
import { splitTemplate, TemplateSyntaxError, type Piece, type Token } from './tokens.js';

type Branch = 'if' | 'with' | 'range';

/** Nesting deeper than this is a mistake, or an attack on the stack. */
const DEPTH_LIMIT = 100;

/** @throws TemplateSyntaxError */
export function parseTemplate(source: string): ParsedTemplate {
  return new Parser(splitTemplate(source)).parse();
}

class Parser {
  private at = 0;
  private depth = 0;
  private loops = 0;
  private readonly named = new Map<string, Node[]>();

  constructor(private readonly pieces: readonly Piece[]) {}

  parse(): ParsedTemplate {
    const { nodes, end } = this.list(new Set(['']));
    if (end) throw new TemplateSyntaxError(`unexpected {{${end[0]!.text}}}`);
    return { body: nodes, named: this.named };
  }

  /** Nodes up to the `end` or `else` that closes them; that action's tokens, or undefined at the end of the template. */
  private list(outer: ReadonlySet<string>): { nodes: Node[]; end?: Token[] } {
    const nodes: Node[] = [];
    const scope = new Set(outer);
    while (this.at < this.pieces.length) {
      const piece = this.pieces[this.at++]!;
      if (piece.kind === 'text') {
        if (piece.text) nodes.push(piece);
        continue;
      }
      const [first, ...rest] = piece.tokens;
      const word = first?.kind === 'name' ? first.text : '';
      if (word === 'end' || word === 'else') return { nodes, end: piece.tokens };
      const node = this.action(word, rest, piece.tokens, scope);
      if (node) nodes.push(node);
    }
    return { nodes };
  }

  private action(word: string, rest: Token[], all: Token[], scope: Set<string>): Node | undefined {
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        return this.branch(word, rest, scope);
      case 'define':
      case 'block':
      case 'template':
        return this.namedTemplate(word, rest, scope);
      case 'break':
      case 'continue':
        if (!this.loops || rest.length) throw new TemplateSyntaxError(`{{${word}}} outside of a range`);
        return { kind: word };
      default:
        return { kind: 'output', pipe: this.pipe(all, scope) };
    }
  }

  private branch(kind: Branch, tokens: Token[], outer: ReadonlySet<string>): Node {
    if (++this.depth > DEPTH_LIMIT) throw new TemplateSyntaxError('nested too deeply');
    const scope = new Set(outer);
    const pipe = this.pipe(tokens, scope, kind === 'range');
    if (kind === 'range') this.loops++;
    const { nodes, end } = this.list(scope);
    if (kind === 'range') this.loops--;
    const otherwise = this.otherwise(kind, end, scope);
    this.depth--;
    return { kind, pipe, then: nodes, otherwise };
  }

  /** What follows `else`, up to `end`; `else if` and `else with` share the `end` of the first. */
  private otherwise(kind: Branch, end: Token[] | undefined, scope: ReadonlySet<string>): Node[] {
    if (!end) throw new TemplateSyntaxError(`{{${kind}}} without {{end}}`);
    const [first, second, ...rest] = end;
    if (first!.text === 'end') return closed(end);
    if (kind !== 'range' && second?.text === kind) return [this.branch(kind, rest, scope)];
    if (second) throw new TemplateSyntaxError(`unexpected ${second.text} after else`);
    const list = this.list(scope);
    if (list.end?.[0]!.text !== 'end') throw new TemplateSyntaxError('{{else}} without {{end}}');
    closed(list.end);
    return list.nodes;
  }

  private namedTemplate(word: 'define' | 'block' | 'template', tokens: Token[], scope: Set<string>): Node | undefined {
    const [name, ...rest] = tokens;
    if (name?.kind !== 'string') throw new TemplateSyntaxError(`{{${word}}} needs a name in quotes`);
    const pipe = rest.length ? this.pipe(rest, scope) : undefined;
    if (word !== 'template') {
      if (word === 'define' ? pipe : !pipe) throw new TemplateSyntaxError(`{{${word}}}: wrong number of values`);
      if (++this.depth > DEPTH_LIMIT) throw new TemplateSyntaxError('nested too deeply');
      const { nodes, end } = this.list(new Set(['']));
      if (end?.[0]!.text !== 'end') throw new TemplateSyntaxError(`{{${word}}} without {{end}}`);
      this.depth--;
      this.named.set(name.text, nodes);
    }
    return word === 'define' ? undefined : { kind: 'template', name: name.text, pipe };
  }

  private pipe(tokens: Token[], scope: Set<string>, two = false): Pipe {
    const declared = declaredIn(tokens);
    const pipe = new PipeReader(tokens, new Set([...scope, ...declared])).read(two);
    if (pipe.declares) pipe.variables.forEach((name) => scope.add(name));
    else if (pipe.variables.some((name) => !scope.has(name))) throw new TemplateSyntaxError('undefined variable');
    return pipe;
  }
}

/** Variables before `:=`; the reader itself refuses their use in the value. */
function declaredIn(tokens: Token[]): string[] {
  const at = tokens.findIndex(({ kind, text }) => kind === 'symbol' && text === ':=');
  return tokens.slice(0, Math.max(at, 0)).flatMap(({ kind, text }) => (kind === 'variable' ? [text] : []));
}

function closed(end: Token[]): [] {
  if (end.length > 1) throw new TemplateSyntaxError('unexpected words after end');
  return [];
}
