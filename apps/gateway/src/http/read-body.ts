import type { Readable } from 'node:stream';

/** 1 MiB (accounts.md §2.2). */
export const MAX_BODY_BYTES = 1 << 20;

/** Stands for a body over the cap: refused by the route that wants to read it, after its guards. */
export const TOO_LARGE = Symbol('body too large');

/** All bytes, or `TOO_LARGE`; what comes after the cap is thrown away. The caller then ends the connection. */
export function readBody(payload: Readable): Promise<Buffer | typeof TOO_LARGE> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const collect = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) return void chunks.push(chunk);
      chunks.length = 0;
      payload.off('data', collect).resume();
      resolve(TOO_LARGE);
    };
    payload.on('data', collect);
    payload.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    payload.once('error', reject);
  });
}
