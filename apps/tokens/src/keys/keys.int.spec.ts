import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { generateKeyPairSync } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Jwk } from '@usher/access-tokens/key-set';
import { getJwks } from '@usher/contracts/tokens/sessions.contract';
import { eventually } from '@usher/testing/eventually';
import { requestFrom, startTokens } from '../tokens.fixture.js';

const key = (kid: string): Jwk => ({
  ...(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as Jwk),
  ...{ kid, alg: 'ES256' },
});
const [a, b] = [key('a'), key('b')];
const signs = (jwk: Jwk): Jwk => ({ ...jwk, key_ops: ['sign', 'verify'] });
const verifies = (jwk: Jwk): Jwk => ({ ...jwk, key_ops: ['verify'] });

describe('a rotation', () => {
  it('takes effect without a restart: the token, the published keys, one event', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'usher-keys-'));
    const file = path.join(folder, 'keys.json');
    const write = (keys: Jwk[]): void => {
      writeFileSync(`${file}.new`, JSON.stringify(keys));
      renameSync(`${file}.new`, file);
    };
    write([verifies(b), signs(a)]);
    const tokens = await startTokens({ USHER_JWT_KEYS_FILE: file, USHER_JWT_KEYS_INTERVAL: '20ms' });
    try {
      const user = await tokens.user();
      const kidOf = async (): Promise<string> =>
        (
          JSON.parse(Buffer.from((await tokens.open(user)).access_token.split('.')[0]!, 'base64url').toString()) as {
            kid: string;
          }
        ).kid;
      const published = async () =>
        (await tokens.rpc.call(getJwks, {}, requestFrom('', ''))).keys.map(({ kid }) => kid);
      const told = () =>
        tokens.rows<{ data: object }>(`SELECT data FROM auth_events.outbox WHERE type = 'signing_key.rotated'`);
      expect([await kidOf(), await published(), await told()]).toEqual(['a', ['b', 'a'], []]);
      write([signs(b), verifies(a)]);
      await eventually(async () => (await kidOf()) === 'b');
      expect(await published()).toEqual(['b', 'a']);
      await eventually(async () => (await told()).length === 1);
      const [event] = await told();
      expect(event!.data).toMatchObject({ record: { kid: 'b', alg: 'ES256' }, previous: { kid: 'a', alg: 'ES256' } });
      expect(JSON.stringify(event)).not.toContain(b.d);
      write([signs(b)]);
      await eventually(async () => (await published()).length === 1);
      expect(await told()).toHaveLength(1);
    } finally {
      await tokens.close();
      rmSync(folder, { recursive: true });
    }
  });
});
