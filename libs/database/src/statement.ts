/** A named statement: PostgreSQL parses and plans it once per connection. The name must be unique for the text. */
export interface Statement<Row = Record<string, unknown>> {
  readonly name: string;
  readonly text: string;
  /** Carries the row type only. */
  readonly row?: Row;
}

/** Declares a named statement: `const findByEmail = statement<UserRow>('users.findByEmail', 'SELECT …')`. */
export function statement<Row = Record<string, unknown>>(name: string, text: string): Statement<Row> {
  return { name, text };
}
