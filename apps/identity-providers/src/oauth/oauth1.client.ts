import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { Clock } from '@usher/runtime/clock';
import { ProviderHttp } from '../id-tokens/provider-http.client.js';

export interface OAuth1Consumer {
  key: string;
  secret: string;
}

/** OAuth 1.0a (RFC 5849), which Twitter's first API still speaks. */
@Injectable()
export class OAuth1Client {
  constructor(
    private readonly http: ProviderHttp,
    private readonly clock: Clock,
  ) {}

  /** A GET with a signed header; the answer as text. */
  async get(
    url: string,
    consumer: OAuth1Consumer,
    extra: Record<string, string> = {},
    tokenSecret = '',
  ): Promise<string> {
    const parameters: Record<string, string> = {
      oauth_consumer_key: consumer.key,
      oauth_nonce: randomBytes(16).toString('hex'),
      oauth_signature_method: 'HMAC-SHA1',
      oauth_timestamp: String(Math.floor(this.clock.now().getTime() / 1000)),
      oauth_version: '1.0',
      ...extra,
    };
    const signature = sign('GET', url, parameters, `${encode(consumer.secret)}&${encode(tokenSecret)}`);
    const header = Object.entries({ ...parameters, oauth_signature: signature })
      .map(([name, value]) => `${encode(name)}="${encode(value)}"`)
      .join(', ');
    const answer = await this.http.fetch(url, { headers: { authorization: `OAuth ${header}` } }, false);
    if (answer.status < 200 || answer.status > 299) throw new Error(`OAuth 1.0a: status ${answer.status}`);
    return answer.text;
  }

  async getJson(url: string, consumer: OAuth1Consumer, token: string, tokenSecret: string): Promise<JsonObject> {
    return JSON.parse(await this.get(url, consumer, { oauth_token: token }, tokenSecret)) as JsonObject;
  }
}

/** §3.4: method, URL without its query, and all parameters sorted. */
function sign(method: string, address: string, parameters: Record<string, string>, key: string): string {
  const url = new URL(address);
  const all = [...Object.entries(parameters), ...url.searchParams].map(([name, value]) => [
    encode(name),
    encode(value),
  ]);
  const joined = all
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('&');
  const base = [method, encode(`${url.origin}${url.pathname}`), encode(joined)].join('&');
  return createHmac('sha1', key).update(base).digest('base64');
}

/** §3.6. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
