const UNIQUE_VIOLATION = '23505';

/** Whether PostgreSQL refused because such a row exists: somebody else was faster. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === UNIQUE_VIOLATION;
}
