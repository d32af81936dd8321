import { Injectable } from '@nestjs/common';
import { OutboundClient } from '@usher/outbound/outbound-client';
import { metadataNotFetched, metadataUnreachable } from './sso-providers.errors.js';

const MAX_BYTES = 1_048_576;
const TIMEOUT_MS = 10_000;

/** Gets metadata from where an administrator says they are: guarded against inner addresses, bounded in size and time (`@usher/outbound`). */
@Injectable()
export class MetadataClient {
  constructor(private readonly outbound: OutboundClient) {}

  async fetch(url: string): Promise<string> {
    const answer = await this.outbound
      .fetch(url, {
        headers: { accept: 'application/xml;charset=UTF-8' },
        ...{ maxBytes: MAX_BYTES, timeoutMs: TIMEOUT_MS, maxRedirects: 3 },
      })
      .catch((cause: unknown) => {
        throw metadataUnreachable(url, cause);
      });
    if (answer.status !== 200) throw metadataNotFetched(url, answer.status);
    if (!answer.url.startsWith('https:')) throw metadataUnreachable(url, new Error(`redirected to ${answer.url}`));
    return answer.text;
  }
}
