import type { PasskeysSettings } from '@usher/runtime/settings/passkeys';

/** Who asks for a credential, and from which origins the answer may come. */
export interface RelyingParty {
  id: string;
  name: string;
  origins: readonly string[];
}

/** The configured relying party; undefined while a part of it is missing. */
export function relyingParty(settings: PasskeysSettings): RelyingParty | undefined {
  const { rpId: id, rpDisplayName: name, rpOrigins } = settings;
  const origins = rpOrigins.map((origin) => origin.trim()).filter(Boolean);
  return id && origins.length ? { id, name: name || id, origins } : undefined;
}

/**
 * Whether an answer may come from this origin: web origins in their canonical form, others (`android:apk-key-hash:…`) to the letter. Never by prefix or
 * suffix.
 */
export function isExpectedOrigin(origin: string, expected: readonly string[]): boolean {
  const wanted = canonical(origin);
  return expected.some((one) => canonical(one) === wanted);
}

/** Scheme, host and port in lower case, without a default port. */
function canonical(origin: string): string {
  if (!/^https?:\/\//i.test(origin)) return origin;
  return URL.canParse(origin) ? new URL(origin).origin : origin;
}
