import { AuthError } from '@usher/contracts/errors';
import type { JsonObject } from '@usher/contracts/user-object';

interface HookError {
  http_code?: unknown;
  message?: unknown;
}

/** What a hook answered: its output, or the error object that it wants the client to see (hooks.md §5). */
export function readAnswer(text: string): JsonObject {
  const answer = parse(text);
  if (answer === null) return {};
  const error = answer.error as HookError | null | undefined;
  const message = typeof error === 'object' ? error?.message : undefined;
  if (typeof message !== 'string' || message === '') return answer;
  const status = typeof error?.http_code === 'number' && error.http_code !== 0 ? error.http_code : 500;
  throw new AuthError(null, message, { status });
}

function parse(text: string): JsonObject | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AuthError('unexpected_failure', 'Error unmarshaling JSON output.', { cause });
  }
  if (value === null) return null;
  if (typeof value === 'object' && !Array.isArray(value)) return value as JsonObject;
  throw new AuthError('unexpected_failure', 'Error unmarshaling JSON output.');
}
