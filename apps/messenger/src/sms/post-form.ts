import { SmsProviderError } from './sms-provider.js';

export interface FormRequest {
  url: string;
  fields: Record<string, string>;
  headers?: Record<string, string>;
  timeoutMs: number;
}

export interface FormAnswer<Body> {
  status: number;
  body: Partial<Body>;
}

const ANSWER_LIMIT = 100_000;

/** Posts a form to a provider and reads its JSON answer, whatever the status. @throws SmsProviderError */
export async function postForm<Body>({ url, fields, headers, timeoutMs }: FormRequest): Promise<FormAnswer<Body>> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
      // The form holds a code and often a key: to nobody but the provider.
      redirect: 'error',
      signal,
    });
    const body = JSON.parse((await response.text()).slice(0, ANSWER_LIMIT)) as unknown;
    if (typeof body !== 'object' || body === null) throw new Error('the answer is no JSON object');
    return { status: response.status, body: body as Partial<Body> };
  } catch (cause) {
    throw new SmsProviderError(reasonOf(cause, signal), { cause });
  }
}

function reasonOf(cause: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'the provider did not answer in time';
  return cause instanceof SyntaxError
    ? 'the answer of the provider could not be read'
    : 'the provider could not be reached';
}

export function basicAuthorization(user: string, password: string): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}
