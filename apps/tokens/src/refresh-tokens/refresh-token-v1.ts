const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const FORM = /^[a-z0-9]{12}$/;

/** Bytes of randomness that `formatV1` takes. */
export const V1_RANDOM_BYTES = 12;

/** Twelve characters of five bits each: what clients of the reference expect. 32 divides 256, so all are equally likely. */
export function formatV1(random: Uint8Array): string {
  return Array.from(random.subarray(0, V1_RANDOM_BYTES), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

export function isV1(token: string): boolean {
  return FORM.test(token);
}
