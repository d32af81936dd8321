import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { AuthError } from '@usher/contracts/errors';
import { readJsonAnswer } from './json-answer.js';
import { webhookHeaders } from './standard-webhooks.js';

const ATTEMPTS = 3;
const BACK_OFF_MS = 2_000;
/** For all attempts together. */
const BUDGET_MS = 5_000;

/** What an attempt came to: `again` when the hook asked to be called once more. */
type Attempt = { answer: string } | { again: true };

export interface HttpHookTarget {
  url: string;
  secrets: readonly string[];
}

/**
 * Calls a hook over HTTP (hooks.md §4) and gives the JSON text of its answer, `null` for an answer without content.
 * @throws AuthError as the outcome table there has it.
 */
export async function callHttpHook(target: HttpHookTarget, body: string, budgetMs = BUDGET_MS): Promise<string> {
  const signal = AbortSignal.timeout(budgetMs);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    try {
      const outcome = await send(target, body, signal);
      if ('answer' in outcome) return outcome.answer;
    } catch (error) {
      if (error instanceof AuthError) throw error;
      if (!signal.aborted && attempt === ATTEMPTS)
        throw new AuthError('hook_timeout_after_retry', 'Failed to reach hook after maximum retries', { cause: error });
      await pause(BACK_OFF_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) throw timedOut(budgetMs, error);
    }
  }
  throw unavailable();
}

async function send({ url, secrets }: HttpHookTarget, body: string, signal: AbortSignal): Promise<Attempt> {
  const timestamp = Math.floor(Date.now() / 1000);
  const response = await fetch(withoutCredentials(url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      ...basicAuthorization(url),
      ...webhookHeaders({ id: randomUUID(), timestamp, body }, secrets),
    },
    body,
    // A redirect would carry codes and tokens to a host that nobody has configured.
    redirect: 'manual',
    signal,
  });
  if (response.status === 200 || response.status === 202) return { answer: await readJsonAnswer(response) };
  await response.body?.cancel().catch(() => undefined);
  return judge(response);
}

function judge({ status, headers }: Response): Attempt {
  switch (status) {
    case 204:
      return { answer: 'null' };
    case 429:
    case 503:
      if (headers.get('retry-after')) return { again: true };
      throw unavailable();
    case 400:
      throw new AuthError('unexpected_failure', 'Invalid payload sent to hook');
    case 401:
      throw new AuthError('unexpected_failure', 'Hook requires authorization token');
    default:
      throw new AuthError('unexpected_failure', `Unexpected status code returned from hook: ${status}`);
  }
}

function withoutCredentials(url: string): URL {
  const target = new URL(url);
  target.username = '';
  target.password = '';
  return target;
}

function basicAuthorization(url: string): Record<string, string> {
  const { username, password } = new URL(url);
  if (!username && !password) return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

function timedOut(budgetMs: number, cause: unknown): AuthError {
  const message = `Failed to reach hook within maximum time of ${(budgetMs / 1000).toFixed(6)} seconds`;
  return new AuthError('hook_timeout', message, { cause });
}

function unavailable(): AuthError {
  return new AuthError('unexpected_failure', 'Service currently unavailable due to hook');
}
