import { Injectable } from '@nestjs/common';
import type { JsonObject } from '@usher/contracts/user-object';
import { ProviderHttp } from '../id-tokens/provider-http.client.js';
import type { ResolvedProvider } from './resolved-provider.js';

/** The code of a provider for its tokens (RFC 6749 §4.1.3). */
@Injectable()
export class TokenEndpoint {
  constructor(private readonly http: ProviderHttp) {}

  /** The secret goes as HTTP Basic first; providers that want it in the body say no to that in ways of their own. */
  async exchange(provider: ResolvedProvider, code: string, codeVerifier?: string): Promise<JsonObject> {
    const form: Record<string, string> = { grant_type: 'authorization_code', code, redirect_uri: provider.redirectUri };
    if (codeVerifier) form.code_verifier = codeVerifier;
    const inBody = { ...form, client_id: provider.clientId, client_secret: provider.secret };
    if (provider.secretInBody) return this.post(provider, inBody);
    const basic = Buffer.from(`${escape(provider.clientId)}:${escape(provider.secret)}`).toString('base64');
    try {
      return await this.post(provider, form, { authorization: `Basic ${basic}` });
    } catch {
      return this.post(provider, inBody);
    }
  }

  private async post(
    { tokenUrl, guarded }: ResolvedProvider,
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<JsonObject> {
    const body = new URLSearchParams(form).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await this.http.fetch(tokenUrl, { method: 'POST', headers: { ...type, ...headers }, body }, guarded);
    if (answer.status < 200 || answer.status > 299) throw new Error(`token endpoint: status ${answer.status}`);
    const token = read(answer.text, answer.headers.get('content-type') ?? '');
    if (typeof token.access_token !== 'string' || !token.access_token)
      throw new Error('token endpoint: no access token');
    return token;
  }
}

/** Some answer as a form. */
function read(text: string, type: string): JsonObject {
  if (/^(?:application\/x-www-form-urlencoded|text\/plain)\b/.test(type))
    return Object.fromEntries(new URLSearchParams(text));
  const value = JSON.parse(text) as unknown;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('token endpoint: no object');
  return value as JsonObject;
}

const escape = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);
