import type { AnyConcern, Group, Ignored, Reporter, Variable } from './schema.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one concern; a variable with a problem gets its zero value, so that the remaining checks can go on. */
export function readConcern(concern: AnyConcern, env: Environment, report: Reporter): unknown {
  const values = readGroup(concern.variables, (variable) => readVariable(variable, env, report));
  concern.check?.(values, report);
  return deepFreeze(concern.complete?.(values) ?? values);
}

function readGroup(group: Group, read: (variable: Variable<unknown>) => unknown): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(group)) {
    if (isVariable(member)) values[key] = read(member);
    else if (!isIgnored(member)) values[key] = readGroup(member, read);
  }
  return values;
}

function readVariable(variable: Variable<unknown>, env: Environment, report: Reporter): unknown {
  const name = variable.alias ?? variable.name;
  const text = lookUp(variable, env);
  const missing = variable.required === 'filled' ? !text : variable.required === 'present' && text === undefined;
  if (missing) report.missing(name);
  try {
    return valueOf(variable, text);
  } catch (error) {
    const message = error instanceof Error ? error.message : 'cannot be read';
    if (!variable.type.lenient) report.problem(name, message);
    else report.warning(name, `${message}, ignored`);
    return variable.type.zero;
  }
}

/** The prefixed name wins; an empty one leaves the word to the bare name. */
function lookUp({ name, alias }: Variable<unknown>, env: Environment): string | undefined {
  const prefixed = env[name];
  return alias === undefined ? prefixed : prefixed || (env[alias] ?? prefixed);
}

// Deployments pass empty strings for what they leave out (compose does), so empty means the default.
function valueOf(variable: Variable<unknown>, text: string | undefined): unknown {
  const source = text || variable.default;
  const value = source === undefined ? variable.type.zero : variable.type.parse(source);
  return variable.adjust ? variable.adjust(value) : value;
}

export function isVariable(member: Group[string]): member is Variable<unknown> {
  return member.is === 'variable';
}

export function isIgnored(member: Group[string]): member is Ignored {
  return member.is === 'ignored';
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(deepFreeze);
  return value;
}
