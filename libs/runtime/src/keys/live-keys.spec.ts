import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Jwk } from '@usher/access-tokens/key-set';
import { eventually } from '@usher/testing/eventually';
import type { Logger } from '../logger.js';
import { readSettings } from '../settings/settings.js';
import { LiveKeys } from './live-keys.js';

const jwk = (kid: string, key_ops: string[]): Jwk => ({
  ...(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }) as Jwk),
  ...{ kid, alg: 'ES256', key_ops },
});
const [one, two] = [jwk('one', ['sign', 'verify']), jwk('two', ['verify'])];

let folder: string;
let file: string;
let keys: LiveKeys | undefined;
const error = jest.fn();
const logger = { info: () => undefined, error } as unknown as Logger;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'usher-keys-'));
  file = path.join(folder, 'keys.json');
  write([one, two]);
});
afterEach(() => {
  keys?.onModuleDestroy();
  rmSync(folder, { recursive: true });
});

function write(content: Jwk[] | string): void {
  writeFileSync(`${file}.new`, typeof content === 'string' ? content : JSON.stringify(content));
  renameSync(`${file}.new`, file);
}

function start(verifyOnly = false): LiveKeys {
  const settings = readSettings(
    { USHER_JWT_KEYS_FILE: file, USHER_JWT_KEYS_INTERVAL: '10ms', GOTRUE_JWT_SECRET: 'a secret' },
    { concerns: ['jwt', 'usher'] },
  );
  return (keys = new LiveKeys(settings, logger, verifyOnly));
}

describe('LiveKeys', () => {
  it('follow the file', async () => {
    const live = start();
    const told = jest.fn();
    live.onChange(told);
    write([
      { ...two, key_ops: ['sign', 'verify'] },
      { ...one, key_ops: ['verify'] },
    ]);
    await eventually(() => live.current.signing?.kid === 'two');
    expect(told).toHaveBeenCalledTimes(1);
    write([{ ...two, key_ops: ['sign'] }]);
    await eventually(() => !live.current.byKid.has('one'));
  });

  it('stay as they were while the file cannot be used, and say so once without quoting it', async () => {
    const live = start();
    const before = live.current;
    write(`[{"kty":"EC","d":"${one.d}"`);
    await eventually(() => error.mock.calls.length > 0);
    write([two]);
    await eventually(() => error.mock.calls.length > 1);
    expect(live.current).toBe(before);
    expect(JSON.stringify(error.mock.calls)).not.toContain(one.d);
    expect(error.mock.calls).toEqual([
      [{ reason: `${file}: is not valid JSON` }, expect.any(String)],
      [{ reason: 'no signing key detected' }, expect.any(String)],
    ]);
  });

  it('of a service that only verifies need no private half', () => {
    const { d: _, ...half } = two;
    write([half]);
    expect(start(true).current.signing).toBeNull();
    expect(() => start()).toThrow('no signing key detected');
  });

  it('are needed at the start', () => {
    rmSync(file);
    expect(() => start()).toThrow(file);
  });
});
