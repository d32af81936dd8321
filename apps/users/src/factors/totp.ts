import { generateSecret, verifySync } from 'otplib';

const SECRET_BYTES = 20;
const PERIOD_SECONDS = 30;
const CODE = /^\d{6}$/;

/** 160 bits in base32, as authenticator apps take it. */
export function newSecret(): string {
  return generateSecret({ length: SECRET_BYTES });
}

/** `otpauth://` URI of a secret. Everything that has a meaning in a URI is escaped, `&` too, on which the reference's breaks. */
export function totpUri(secret: string, issuer: string, account: string): string {
  const [by, who] = [escape(issuer), escape(account)];
  return `otpauth://totp/${by}:${who}?algorithm=SHA1&digits=6&issuer=${by}&period=${PERIOD_SECONDS}&secret=${secret}`;
}

/** The characters that Go leaves in a path segment, without `&`: known-good URIs look alike. */
function escape(text: string): string {
  return encodeURIComponent(text).replace(/%(24|2B|3D|40|3A)/g, (whole) => decodeURIComponent(whole));
}

/** The time step of a right code, this one's or its neighbours'; undefined for a wrong one. RFC 6238 §5.2. */
export function matchingStep(secret: string, code: string, now: Date): number | undefined {
  const token = code.trim();
  if (!CODE.test(token)) return undefined;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token, epoch, epochTolerance: PERIOD_SECONDS });
  if (!result.valid || !('delta' in result)) return undefined;
  return Math.floor(epoch / PERIOD_SECONDS) + result.delta;
}

/** When the code of a step is no longer accepted by itself. */
export function stepEnds(step: number): Date {
  return new Date((step + 3) * PERIOD_SECONDS * 1000);
}
