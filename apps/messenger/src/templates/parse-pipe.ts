import { isFunction } from './functions.js';
import type { Operand, Pipe } from './nodes.js';
import { TemplateSyntaxError, type Token } from './tokens.js';

/** Reads the tokens of one action as a pipeline. */
export class PipeReader {
  private at = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly scope: ReadonlySet<string>,
  ) {}

  /** The whole action; `two` allows `$i, $e := …`. */
  read(two = false): Pipe {
    const pipe = this.pipe(two);
    if (this.at < this.tokens.length) throw new TemplateSyntaxError(`unexpected ${this.tokens[this.at]!.text}`);
    return pipe;
  }

  private pipe(two = false): Pipe {
    const { variables, declares } = this.variables(two);
    const commands = [this.command(declares ? variables : [])];
    while (this.symbol('|')) {
      commands.push(this.command());
      const first = commands.at(-1)![0]!;
      if (first.kind === 'literal' || first.kind === 'nil')
        throw new TemplateSyntaxError('a pipeline goes on with something that is no function');
    }
    return { variables, declares, commands };
  }

  private variables(two: boolean): { variables: string[]; declares: boolean } {
    const [first, second, third, fourth] = this.tokens.slice(this.at, this.at + 4);
    if (first?.kind !== 'variable') return { variables: [], declares: false };
    if (second?.text === ':=' || (second?.kind === 'symbol' && second.text === '=')) {
      this.at += 2;
      return { variables: [first.text], declares: second.text === ':=' };
    }
    const pair = two && second?.text === ',' && third?.kind === 'variable' && /^:?=$/.test(fourth?.text ?? '');
    if (!pair) return { variables: [], declares: false };
    this.at += 4;
    return { variables: [first.text, third.text], declares: fourth!.text === ':=' };
  }

  private command(undeclared: readonly string[] = []): Operand[] {
    const operands: Operand[] = [];
    for (let operand = this.operand(undeclared); operand; operand = this.operand(undeclared)) operands.push(operand);
    if (!operands.length) throw new TemplateSyntaxError('missing value');
    return operands;
  }

  private operand(undeclared: readonly string[]): Operand | undefined {
    const token = this.tokens[this.at];
    if (!token || (token.kind === 'symbol' && token.text !== '(')) return undefined;
    this.at++;
    switch (token.kind) {
      case 'symbol':
        return this.parenthesis();
      case 'string':
        return { kind: 'literal', value: token.text };
      case 'number':
        return { kind: 'literal', value: Number(token.text.replaceAll('_', '')) };
      case 'field':
        return token.text ? { kind: 'field', path: [token.text, ...this.path()] } : { kind: 'dot' };
      case 'variable':
        if (!this.scope.has(token.text) || undeclared.includes(token.text))
          throw new TemplateSyntaxError(`undefined variable $${token.text}`);
        return { kind: 'variable', name: token.text, path: this.path() };
      case 'name':
        return this.word(token.text);
    }
  }

  private word(text: string): Operand {
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
    if (text === 'nil') return { kind: 'nil' };
    if (!isFunction(text)) throw new TemplateSyntaxError(`function ${text} not defined`);
    return { kind: 'function', name: text };
  }

  private parenthesis(): Operand {
    const pipe = this.pipe();
    if (!this.symbol(')')) throw new TemplateSyntaxError('unclosed (');
    return { kind: 'pipe', pipe, path: this.path() };
  }

  private path(): string[] {
    const path: string[] = [];
    for (
      let next = this.tokens[this.at];
      next?.kind === 'field' && !next.spaced && next.text;
      next = this.tokens[this.at]
    ) {
      path.push(next.text);
      this.at++;
    }
    return path;
  }

  private symbol(text: string): boolean {
    const token = this.tokens[this.at];
    if (token?.kind !== 'symbol' || token.text !== text) return false;
    this.at++;
    return true;
  }
}
