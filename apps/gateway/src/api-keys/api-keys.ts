import { createHash, timingSafeEqual } from 'node:crypto';
import { AuthError } from '@usher/contracts/errors';

export interface ApiKeySettings {
  publishable: string;
  secret: string;
  anon: string;
  serviceRole: string;
}

/** Reachable without a key: browsers open these by themselves (gateway.md §3, client-contract.md §10). */
const OPEN = new Set([
  '/health',
  '/verify',
  '/callback',
  '/authorize',
  '/sso/saml/acs',
  '/sso/saml/metadata',
  '/.well-known/jwks.json',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]);

/** `dataschema` of an event leads to its schema, and whoever got the event by a webhook has no key. */
const isOpen = (path: string): boolean =>
  OPEN.has(path) || path === '/events/types' || path.startsWith('/events/schemas/');

export interface KeyedRequest {
  path: string;
  authorization: string;
  apiKey: string;
}

/**
 * What a request under the prefix of the API gateway becomes: the `Authorization` that the routes see. Keys are compared as whole strings; a token that
 * merely verifies is no API key. Throws when there are keys and the request has none of them.
 */
export function translateKey(keys: ApiKeySettings, { path, authorization, apiKey }: KeyedRequest): string {
  const carried = authorization.replace(/^bearer /i, '');
  const role = roleOf(keys, apiKey || carried);
  if (anyKey(keys) && !role && !isOpen(path)) throw new AuthError('no_authorization', 'Invalid API key');
  const hasToken = carried !== '' && !carried.startsWith('sb_');
  if (hasToken) return /^bearer /i.test(authorization) ? authorization : `Bearer ${authorization}`;
  const token = role === 'service' ? keys.serviceRole : role === 'anon' ? keys.anon : '';
  return token ? `Bearer ${token}` : authorization;
}

function anyKey({ publishable, secret, anon, serviceRole }: ApiKeySettings): boolean {
  return Boolean(publishable || secret || anon || serviceRole);
}

function roleOf(keys: ApiKeySettings, key: string): 'anon' | 'service' | undefined {
  if (isSame(keys.secret, key) || isSame(keys.serviceRole, key)) return 'service';
  if (isSame(keys.publishable, key) || isSame(keys.anon, key)) return 'anon';
  return undefined;
}

/** In a time that tells nothing about the key. */
function isSame(key: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return key !== '' && given !== '' && timingSafeEqual(digest(key), digest(given));
}
