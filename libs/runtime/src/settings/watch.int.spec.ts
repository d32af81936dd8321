import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';
import { watchSettings } from './watch.js';
import type { Reload, SettingsWatch } from './watch.js';

const ENVIRONMENT = {
  DATABASE_URL: 'postgres://localhost/postgres',
  GOTRUE_JWT_SECRET: 'secret',
  GOTRUE_SITE_URL: 'http://localhost:3000',
  API_EXTERNAL_URL: 'http://localhost:9999',
  GOTRUE_RELOADING_GRACE_PERIOD_INTERVAL: '50ms',
  GOTRUE_RELOADING_SIGNAL_ENABLED: 'true',
};

describe('watchSettings', () => {
  let dir: string;
  let watch: SettingsWatch;
  let reloads: Reload[];
  let waiting: ((reload: Reload) => void) | undefined;

  const next = () => new Promise<Reload>((resolve) => (waiting = resolve));
  const write = (name: string, content: string) => writeFileSync(join(dir, name), content);

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'usher-settings-'));
    reloads = [];
    const { reloading } = readSettings(ENVIRONMENT);
    watch = watchSettings(dir, { environment: ENVIRONMENT, reloading }, (reload) => {
      reloads.push(reload);
      waiting?.(reload);
    });
  });
  afterEach(() => {
    watch.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('reloads once for a burst of changes', async () => {
    const reload = next();
    write('a.env', 'GOTRUE_JWT_EXP=10');
    write('b.env', 'GOTRUE_JWT_EXP=20');
    write('c.txt', 'GOTRUE_JWT_EXP=30');
    expect(await reload).toMatchObject({ kind: 'loaded', settings: { jwt: { exp: 20 } } });
    expect(reloads).toHaveLength(1);
  });

  it('tells of a failed reload and goes on from what was in force', async () => {
    let reload = next();
    write('a.env', 'GOTRUE_JWT_EXP=never');
    expect(await reload).toMatchObject({ kind: 'failed' });

    reload = next();
    write('a.env', 'GOTRUE_JWT_AUD=x');
    expect(await reload).toMatchObject({ kind: 'loaded', settings: { jwt: { aud: 'x', exp: 3600 } } });
  });

  it('keeps the last value of a variable that vanished', async () => {
    let reload = next();
    write('a.env', 'GOTRUE_JWT_EXP=10');
    await reload;
    reload = next();
    rmSync(join(dir, 'a.env'));
    expect(await reload).toMatchObject({ settings: { jwt: { exp: 10 } } });
  });

  it('reloads on the signal', async () => {
    const reload = next();
    process.emit('SIGUSR1');
    expect(await reload).toMatchObject({ kind: 'loaded' });
  });

  it('notices a directory that comes back', async () => {
    rmSync(dir, { recursive: true });
    mkdirSync(dir);
    write('a.env', 'GOTRUE_JWT_EXP=10');
    let reload = await next();
    while (reload.kind === 'failed') reload = await next();
    expect(reload).toMatchObject({ settings: { jwt: { exp: 10 } } });
  });
});
