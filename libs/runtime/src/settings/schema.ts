import type { ValueType } from './parse.js';

/** `present`: an empty text will do, as for the reference server. */
export type Requirement = 'present' | 'filled';

/** One environment variable that the servers read. */
export interface Variable<T> {
  readonly is: 'variable';
  /** With the `GOTRUE_` prefix where there is one; looked up first. */
  readonly name: string;
  /** The bare name most deployments use. */
  readonly alias?: string;
  readonly type: ValueType<T>;
  /** Text as it would stand in the environment. */
  readonly default?: string;
  readonly required?: Requirement;
  // A method, so that a variable of any type is a `Variable<unknown>`.
  adjust?(value: T): T;
  readonly help: string;
}

/** Variables of the reference server that are accepted and do nothing. */
export interface Ignored {
  readonly is: 'ignored';
  readonly names: readonly string[];
  readonly why: string;
}

export interface Group {
  readonly [key: string]: Variable<unknown> | Ignored | Group;
}

/** The plain object that a group is read to: ignored variables are absent. */
export type Values<G> = {
  readonly [K in keyof G as G[K] extends Ignored ? never : K]: G[K] extends Variable<infer T> ? T : Values<G[K]>;
};

/** What a check may say: a problem stops the start, a warning does not. */
export interface Reporter {
  problem(variable: string, message: string): void;
  missing(variable: string): void;
  warning(variable: string, message: string): void;
  /** Says why a glob of the redirect allow list is malformed. */
  globProblem(pattern: string): string | undefined;
}

/** A group of variables with the rules that hold between them. */
export interface Concern<G extends Group> {
  readonly title: string;
  readonly variables: G;
  /** Values that follow from several variables at once. */
  complete?(values: Values<G>): Values<G>;
  check?(values: Values<G>, report: Reporter): void;
}

/** A concern whatever its variables. */
export interface AnyConcern {
  readonly title: string;
  readonly variables: Group;
  complete?(values: unknown): unknown;
  check?(values: unknown, report: Reporter): void;
}

export type ValuesOf<C> = C extends Concern<infer G> ? Values<G> : never;

interface Declaration<T> {
  readonly name: string;
  readonly alias?: string;
  readonly type: ValueType<T>;
  readonly default?: string | number | boolean;
  readonly required?: Requirement;
  readonly adjust?: (value: NoInfer<T>) => NoInfer<T>;
  readonly help: string;
}

export function variable<T>(declaration: Declaration<T>): Variable<T> {
  const { default: initial, ...rest } = declaration;
  return { ...rest, is: 'variable', ...(initial === undefined ? {} : { default: String(initial) }) };
}

export function ignored(names: string | readonly string[], why: string): Ignored {
  return { is: 'ignored', names: typeof names === 'string' ? [names] : names, why };
}

export function concern<const G extends Group>(definition: Concern<G>): Concern<G> {
  return definition;
}

/** The same group under several keys. */
export function forEach<const K extends string, V>(keys: readonly K[], make: (key: K) => V): Readonly<Record<K, V>> {
  return Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<K, V>;
}

/** `magicLink` → `MAGIC_LINK`. */
export function upperSnake(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
