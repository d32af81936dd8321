import type { Settings } from '@usher/runtime/settings/settings';

type ServiceSettings = Settings['mailer']['emailValidation'];

/** `{"valid": false}` and nothing much longer. */
const ANSWER_LIMIT = 32;

/** Asks the operator's validator. Only its clear no refuses: when it fails, mails go out. */
export async function serviceRefuses(
  address: string,
  { serviceUrl, serviceHeaders }: Pick<ServiceSettings, 'serviceUrl' | 'serviceHeaders'>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const headers = new Headers({ 'content-type': 'application/json' });
    for (const [name, values] of Object.entries(serviceHeaders)) for (const value of values) headers.set(name, value);
    const body = JSON.stringify({ email: address });
    const response = await fetch(serviceUrl, { method: 'POST', headers, body, signal });
    if (!response.ok) return false;
    const answer = JSON.parse(await firstBytes(response)) as { valid?: unknown } | null;
    return answer?.valid === false;
  } catch {
    return false;
  }
}

async function firstBytes(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString('latin1');
    if (text.length >= ANSWER_LIMIT) break;
  }
  return text.slice(0, ANSWER_LIMIT);
}
