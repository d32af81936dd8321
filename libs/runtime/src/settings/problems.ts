import type { Reporter } from './schema.js';

/** Every problem of a configuration at once, a line each, each naming its variable. No line quotes a secret. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
  }
}

export interface Outlets {
  readonly warn?: (message: string) => void;
  readonly globProblem?: (pattern: string) => string | undefined;
}

/** Collects problems, the first of each variable only: what follows from it is no news. */
export class ProblemList implements Reporter {
  private readonly byVariable = new Map<string, string>();

  constructor(
    private readonly outlets: Outlets,
    private readonly optional: readonly string[],
  ) {}

  get messages(): readonly string[] {
    return [...this.byVariable.values()];
  }

  problem(variable: string, message: string): void {
    if (this.byVariable.has(variable)) return;
    this.byVariable.set(variable, message.includes(variable) ? message : `${variable}: ${message}`);
  }

  missing(variable: string): void {
    if (!this.optional.includes(variable)) this.problem(variable, `required key ${variable} missing value`);
  }

  warning(variable: string, message: string): void {
    this.outlets.warn?.(`${variable}: ${message}`);
  }

  globProblem(pattern: string): string | undefined {
    return this.outlets.globProblem?.(pattern);
  }
}
