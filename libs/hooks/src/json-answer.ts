import { AuthError } from '@usher/contracts/errors';

const ANSWER_LIMIT = 204_800;
const TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
const MEDIA_TYPE = new RegExp(
  `^\\s*(${TOKEN}(?:/${TOKEN})?)\\s*((?:;\\s*${TOKEN}=(?:${TOKEN}|"(?:[^"\\\\]|\\\\.)*")\\s*)*);?\\s*$`,
);

/**
 * The text of an answer that has to be JSON of at most 200 KiB.
 * @throws AuthError `hook_payload_invalid_content_type`, `hook_payload_over_size_limit`
 */
export async function readJsonAnswer(response: Response): Promise<string> {
  try {
    checkContentType(response.headers.get('content-type'));
    return await readLimited(response);
  } catch (error) {
    await response.body?.cancel().catch(() => undefined);
    throw error;
  }
}

function checkContentType(value: string | null): void {
  const fail = (message: string): never => {
    throw new AuthError('hook_payload_invalid_content_type', message);
  };
  if (!value) return fail('Invalid Content-Type: Missing Content-Type header');
  const type = MEDIA_TYPE.exec(value)?.[1];
  if (!type) return fail('Invalid Content-Type header: malformed media type');
  if (type.toLowerCase() !== 'application/json') fail(`Invalid JSON response. Received content-type: ${value}`);
}

async function readLimited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > ANSWER_LIMIT)
      throw new AuthError('hook_payload_over_size_limit', `Payload size exceeded size limit of ${ANSWER_LIMIT} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
