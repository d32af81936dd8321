import { callFunction, entriesOf, TemplateExecutionError } from './functions.js';
import type { Node, Operand, ParsedTemplate, Pipe } from './nodes.js';
import { isMap, isTrue, memberOf, textOf, type Value } from './values.js';

/** Takes what a template gives: its own text, and the values that have to be escaped. */
export interface Sink {
  text(text: string): void;
  /** `encoded`: the author has sent it through `urlquery`. */
  value(value: Value, encoded: boolean): void;
}

type Signal = 'break' | 'continue' | undefined;
type Frame = Map<string, { value: Value }>;

const DEPTH_LIMIT = 100;
const STEP_LIMIT = 200_000;

export interface ExecuteOptions {
  /** The only members that the top value has; any other is an error. Without it what is missing is empty. */
  members?: readonly string[];
}

/** @throws TemplateExecutionError */
export function execute(template: ParsedTemplate, data: Value, sink: Sink, { members }: ExecuteOptions = {}): void {
  new Execution(template, sink, data, members).run(template.body, data, new Map([['', { value: data }]]));
}

class Execution {
  private depth = 0;
  private steps = 0;

  constructor(
    private readonly template: ParsedTemplate,
    private readonly sink: Sink,
    private readonly data: Value,
    private readonly members?: readonly string[],
  ) {}

  run(nodes: readonly Node[], dot: Value, outer: Frame): Signal {
    const frame: Frame = new Map(outer);
    for (const node of nodes) {
      if (++this.steps > STEP_LIMIT) throw new TemplateExecutionError('the template does not end');
      const signal = this.node(node, dot, frame);
      if (signal) return signal;
    }
    return undefined;
  }

  private node(node: Node, dot: Value, frame: Frame): Signal {
    switch (node.kind) {
      case 'text':
        this.sink.text(node.text);
        return undefined;
      case 'output': {
        const escaper = lastFunction(node.pipe);
        const value = this.pipe(escaper === 'html' ? asText(node.pipe) : node.pipe, dot, frame);
        if (!node.pipe.variables.length) this.sink.value(value, escaper === 'urlquery');
        return undefined;
      }
      case 'if':
      case 'with': {
        const inside: Frame = new Map(frame);
        const value = this.pipe(node.pipe, dot, inside);
        if (!isTrue(value)) return this.run(node.otherwise, dot, inside);
        return this.run(node.then, node.kind === 'with' ? value : dot, inside);
      }
      case 'range':
        return this.range(node, dot, frame);
      case 'template':
        return this.named(node.name, node.pipe && this.pipe(node.pipe, dot, frame));
      default:
        return node.kind;
    }
  }

  private range(node: Extract<Node, { kind: 'range' }>, dot: Value, frame: Frame): Signal {
    const inside: Frame = new Map(frame);
    const entries = entriesOf(this.commands(node.pipe, dot, inside));
    if (!entries.length) return this.run(node.otherwise, dot, inside);
    for (const [key, item] of entries) {
      const { variables } = node.pipe;
      const values = variables.length === 1 ? [item] : [key, item];
      variables.forEach((name, i) => assign(inside, name, values[i], node.pipe.declares));
      if (this.run(node.then, item, inside) === 'break') break;
    }
    return undefined;
  }

  private named(name: string, data: Value): Signal {
    const body = this.template.named.get(name);
    if (!body) throw new TemplateExecutionError(`template ${name} is not defined`);
    if (++this.depth > DEPTH_LIMIT) throw new TemplateExecutionError('templates call each other without end');
    this.run(body, data, new Map([['', { value: data }]]));
    this.depth--;
    return undefined;
  }

  private pipe(pipe: Pipe, dot: Value, frame: Frame): Value {
    const value = this.commands(pipe, dot, frame);
    pipe.variables.forEach((name) => assign(frame, name, value, pipe.declares));
    return value;
  }

  private commands({ commands }: Pipe, dot: Value, frame: Frame): Value {
    let value: Value;
    commands.forEach((operands, i) => (value = this.command(operands, i ? [value] : [], dot, frame)));
    return value;
  }

  private command([first, ...rest]: Operand[], piped: Value[], dot: Value, frame: Frame): Value {
    const evaluate = (operand: Operand): Value => this.operand(operand, dot, frame);
    if (first?.kind !== 'function') {
      if (!first || rest.length || piped.length)
        throw new TemplateExecutionError('arguments for something that is no function');
      return evaluate(first);
    }
    const { name } = first;
    if (name === 'and' || name === 'or') return shortCircuit(name, rest, piped, evaluate);
    return callFunction(name, [...rest.map(evaluate), ...piped]);
  }

  private operand(operand: Operand, dot: Value, frame: Frame): Value {
    switch (operand.kind) {
      case 'dot':
        return dot;
      case 'nil':
        return null;
      case 'literal':
        return operand.value;
      case 'variable':
        return this.follow(frame.get(operand.name)?.value, operand.path);
      case 'field':
        return this.follow(dot, operand.path);
      case 'pipe':
        return this.follow(this.pipe(operand.pipe, dot, frame), operand.path);
      case 'function':
        return callFunction(operand.name, []);
    }
  }

  private follow(start: Value, path: readonly string[]): Value {
    return path.reduce<Value>((value, name) => {
      if (value === this.data && this.members && !this.members.includes(name))
        throw new TemplateExecutionError(`there is no ${name}`);
      if (value !== null && value !== undefined && !isMap(value))
        throw new TemplateExecutionError(`no ${name} in ${textOf(value).slice(0, 20)}`);
      return memberOf(value, name);
    }, start);
  }
}

function lastFunction({ commands }: Pipe): string {
  const first = commands.at(-1)?.[0];
  return first?.kind === 'function' ? first.name : '';
}

/** Values are escaped where they stand: an `html` at the end, as older templates have it, would do it twice. */
function asText(pipe: Pipe): Pipe {
  const [, ...rest] = pipe.commands.at(-1) ?? [];
  return { ...pipe, commands: [...pipe.commands.slice(0, -1), [{ kind: 'function', name: 'print' }, ...rest]] };
}

function assign(frame: Frame, name: string, value: Value, declares: boolean): void {
  const known = frame.get(name);
  if (!declares && known) known.value = value;
  else frame.set(name, { value });
}

function shortCircuit(
  name: 'and' | 'or',
  operands: Operand[],
  piped: Value[],
  evaluate: (operand: Operand) => Value,
): Value {
  if (!operands.length && !piped.length) throw new TemplateExecutionError(`${name} needs a value`);
  let value: Value;
  for (const operand of operands) {
    value = evaluate(operand);
    if (isTrue(value) === (name === 'or')) return value;
  }
  return piped.length ? piped[0] : value;
}
