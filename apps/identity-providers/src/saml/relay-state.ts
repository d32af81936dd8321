import { invalidRequest } from './saml.errors.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_LENGTH = 4096;

/** An answer that we asked for. */
export interface Asked {
  requestId: string;
  providerId: string;
  redirectTo: string;
  flow: { id: string; pkce: boolean };
}

/** One that the identity provider sends by itself; its RelayState says where to go. */
export interface Unasked {
  requestId: null;
  redirectTo: string;
  flow?: undefined;
}

/** What a RelayState says (sso-saml.md §5.1): undefined for the id of a request of ours. */
export function readRelayState(text: string): Unasked | undefined {
  if (UUID.test(text)) return undefined;
  if (text !== '' && !isUriOrPath(text)) throw invalidRequest('SAML RelayState is not a valid UUID or URL');
  return { requestId: null, redirectTo: text };
}

function isUriOrPath(text: string): boolean {
  if (text.length > MAX_LENGTH || /[\s\p{Cc}]/u.test(text)) return false;
  return text.startsWith('/') || /^[a-z][a-z0-9+.-]*:./i.test(text);
}
