import { createCipheriv, scrypt, timingSafeEqual } from 'node:crypto';

/** Firebase's scrypt: the derived key encrypts the signer key, and that is compared (tokens-and-sessions.md §12.2). */
export async function verifyFirebaseScrypt(password: string, stored: string): Promise<boolean> {
  const [, , parameters = '', salt = '', expected = ''] = stored.split('$');
  const values = new Map(
    parameters.split(',').map((pair): [string, string] => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
  const bytes = (name: string) => Buffer.from(values.get(name) ?? '', 'base64');
  const N = 2 ** Number(values.get('n'));
  const r = Number(values.get('r'));
  const p = Number(values.get('p'));
  const key = await derive(password, Buffer.concat([Buffer.from(salt, 'base64'), bytes('ss')]), {
    N,
    r,
    p,
    maxmem: 256 * N * r + 1024,
  });
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const actual = Buffer.concat([cipher.update(bytes('sk')), cipher.final()]);
  const wanted = Buffer.from(expected, 'base64');
  return actual.length === wanted.length && timingSafeEqual(actual, wanted);
}

function derive(
  password: string,
  salt: Buffer,
  options: { N: number; r: number; p: number; maxmem: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, 32, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
