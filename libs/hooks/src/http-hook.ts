import { AuthError } from '@usher/contracts/errors';
import type { JsonObject } from '@usher/contracts/user-object';
import { v4 as uuid } from 'uuid';
import { readAnswer } from './hook-answer.js';
import { signWebhook } from './standard-webhooks.js';

const BUDGET_MS = 5_000;
const ATTEMPTS = 3;
const BACK_OFF_MS = 2_000;
const MAX_ANSWER_BYTES = 204_800;

export interface HttpHook {
  uri: string;
  secrets: readonly string[];
}

/** Calls a hook over HTTP: three attempts within five seconds in all (hooks.md §4). */
export async function callHttpHook(hook: HttpHook, payload: object): Promise<JsonObject> {
  const body = JSON.stringify(payload);
  const deadline = AbortSignal.timeout(BUDGET_MS);
  for (let attempt = 1; ; attempt++) {
    const response = await post(hook, body, deadline).catch((cause: unknown) => {
      if (deadline.aborted) throw timedOut(cause);
      if (attempt < ATTEMPTS) return undefined;
      throw new AuthError('hook_timeout_after_retry', 'Failed to reach hook after maximum retries', { cause });
    });
    if (!response) {
      await pause(BACK_OFF_MS, deadline);
    } else if (!mayRetry(response)) {
      return answerOf(response, deadline);
    } else if (attempt === ATTEMPTS) {
      throw new AuthError('unexpected_failure', 'Service currently unavailable due to hook');
    }
  }
}

function post({ uri, secrets }: HttpHook, body: string, signal: AbortSignal): Promise<Response> {
  const id = uuid();
  const timestamp = Math.floor(Date.now() / 1000);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'accept-encoding': 'identity',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
  };
  if (secrets.length) headers['webhook-signature'] = signWebhook(secrets, id, timestamp, body);
  return fetch(uri, { method: 'POST', headers, body, signal, redirect: 'manual' });
}

function mayRetry(response: Response): boolean {
  return (response.status === 429 || response.status === 503) && Boolean(response.headers.get('retry-after'));
}

const STATUS_TEXTS: Record<number, string> = {
  400: 'Invalid payload sent to hook',
  401: 'Hook requires authorization token',
  429: 'Service currently unavailable due to hook',
  503: 'Service currently unavailable due to hook',
};

async function answerOf(response: Response, deadline: AbortSignal): Promise<JsonObject> {
  const { status } = response;
  if (status === 204) return {};
  if (status !== 200 && status !== 202)
    throw new AuthError('unexpected_failure', STATUS_TEXTS[status] ?? `Unexpected status code returned from hook: ${status}`);
  checkContentType(response.headers.get('content-type'));
  return readAnswer(
    await readLimited(response).catch((cause: unknown) => {
      throw deadline.aborted ? timedOut(cause) : cause;
    }),
  );
}

function checkContentType(type: string | null): void {
  const refuse = (message: string): never => {
    throw new AuthError('hook_payload_invalid_content_type', message);
  };
  if (!type) return refuse('Invalid Content-Type: Missing Content-Type header');
  if (type.split(';')[0]?.trim().toLowerCase() !== 'application/json')
    refuse(`Invalid JSON response. Received content-type: ${type}`);
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) {
      throw new AuthError('hook_payload_over_size_limit', `Payload size exceeded size limit of ${MAX_ANSWER_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function timedOut(cause: unknown): AuthError {
  return new AuthError('hook_timeout', 'Failed to reach hook within maximum time of 5.000000 seconds', { cause });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const abort = () => {
      clearTimeout(timer);
      reject(timedOut(undefined));
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}
