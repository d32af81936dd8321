import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '@usher/runtime/settings/settings';
import { prepareLaptop } from './laptop.js';
import { banner } from './laptop/banner.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usher-laptop-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (name: string, more: Record<string, string> = {}) =>
  prepareLaptop({ USHER_DATA_DIR: join(folder, name), ...more });

describe('the laptop run', () => {
  it('needs no setting', async () => {
    const { environment } = await inFolder('fresh');
    const settings = readSettings(environment, { databaseUrlRequired: false });
    expect(settings.api).toMatchObject({ host: '127.0.0.1', port: 9999, externalUrl: 'http://localhost:9999' });
    expect(settings.usher).toMatchObject({ passwordHash: 'argon2id', mailboxDir: join(folder, 'fresh/mailbox') });
    expect(settings.usher.keys.publishable).toMatch(/^sb_publishable_/);
  });

  it('keeps its secrets, for its owner alone', async () => {
    const [first, second] = [await inFolder('kept'), await inFolder('kept')];
    const keys = ({ environment }: typeof first): unknown => JSON.parse(environment.GOTRUE_JWT_KEYS ?? '');
    expect(keys(second)).toEqual(keys(first));
    expect(second.environment).toMatchObject({ ...first.environment, GOTRUE_JWT_KEYS: expect.anything() });
    expect(statSync(join(folder, 'kept/secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('signs with ES256 and accepts the shared secret', async () => {
    const { environment } = await inFolder('keys');
    const keys = JSON.parse(environment.GOTRUE_JWT_KEYS ?? '') as { kty: string; key_ops: string[] }[];
    expect(keys.map(({ kty, key_ops }) => [kty, key_ops])).toEqual([
      ['EC', ['sign', 'verify']],
      ['oct', ['verify']],
    ]);
  });

  it('leaves what the user has set', async () => {
    const { environment } = await inFolder('own', {
      PORT: '8000',
      GOTRUE_JWT_EXP: '60',
      GOTRUE_SMTP_HOST: 'mail',
      GOTRUE_SITE_URL: '',
    });
    expect(environment).toMatchObject({
      PORT: '8000',
      GOTRUE_JWT_EXP: '60',
      API_EXTERNAL_URL: 'http://localhost:8000',
    });
    expect(environment.GOTRUE_SITE_URL).toBe('http://localhost:3000');
    expect(environment.USHER_MAILBOX_DIR).toBeUndefined();
  });

  it('says in one sentence that its secrets are damaged, without quoting them', async () => {
    await inFolder('damaged');
    const file = join(folder, 'damaged/secrets.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 90));
    await expect(inFolder('damaged')).rejects.toThrow(
      `The secrets in ${file} cannot be read: restore the file, or remove it to get new ones.`,
    );
  });
});

describe('the banner', () => {
  it('names everything that is needed to begin', () => {
    const facts = {
      url: 'http://localhost:9999',
      publishableKey: 'sb_publishable_x',
      anonKey: 'anon.jwt',
      secretKey: 'sb_secret_x',
      serviceRoleKey: 'service.jwt',
      dataDir: '/data',
      mailboxDir: '/data/mailbox',
    };
    const text = banner(facts);
    for (const fact of Object.values(facts)) expect(text).toContain(fact);
    expect(text).toContain("curl http://localhost:9999/auth/v1/signup -H 'apikey: sb_publishable_x'");
    expect(text).toContain('npx usher events tail');
  });
});
