import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@usher/testing/eventually';
import { freePort } from '@usher/testing/free-port';
import { testServers } from '@usher/testing/test-servers';
import { untilHealthy } from './processes.js';

let folder: string;
let natsServer: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'usher-start-'));
  chmodSync(folder, 0o755);
  natsServer = testServers().natsServerBinary;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  child: ChildProcess;
  output(): string;
  ended: Promise<number | null>;
}

function run(environment: Record<string, string>, ...flags: string[]): Run {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [path.resolve('dist/apps/standalone/main.js'), ...flags], {
    env: { PATH, HOME, USHER_DATA_DIR: path.join(folder, 'data'), GOTRUE_API_HOST: '127.0.0.1', ...environment },
    // Of its own group, so that a Ctrl-C can be sent as a terminal sends it.
    detached: true,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text, ended: once(child, 'exit').then(([code]) => code as number | null) };
}

/** Command lines of this machine that name our folder, but for this program's own arguments. */
const leftOver = () =>
  execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));

async function refusal(environment: Record<string, string>, ...flags: string[]): Promise<string> {
  const { ended, output } = run(environment, ...flags);
  expect(await ended).toBe(1);
  return output().trim();
}

const drop = {
  ...{ GOTRUE_DB_DRIVER: 'postgres', GOTRUE_JWT_SECRET: 'a-secret-of-this-test-that-is-long-enough' },
  ...{ GOTRUE_SITE_URL: 'http://localhost:3000', API_EXTERNAL_URL: 'http://localhost:9999' },
};

describe('a start', () => {
  it('from nothing gives a server with a mailbox, and Ctrl-C ends all of it', async () => {
    const port = await freePort();
    const settings = { PORT: String(port), NATS_SERVER_BIN: natsServer, API_EXTERNAL_URL: `http://127.0.0.1:${port}` };
    const first = run(settings, '--laptop');
    await eventually(() => first.output().includes('Ctrl-C ends everything') || undefined, { timeoutMs: 20_000 });
    const key = /publishable key\s+(\S+)/.exec(first.output())![1]!;
    const answer = await fetch(`http://127.0.0.1:${port}/auth/v1/signup`, {
      method: 'POST',
      headers: { apikey: key, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
    });
    expect(answer.status).toBe(200);
    const mailbox = path.join(folder, 'data/mailbox');
    expect(readFileSync(path.join(mailbox, 'index.html'), 'utf8')).toContain('ada@example.com');
    expect(readdirSync(mailbox).filter((name) => name.endsWith('.eml'))).toHaveLength(1);
    process.kill(-first.child.pid!, 'SIGINT');
    expect(await first.ended).toBe(0);
    expect(leftOver()).toEqual([]);

    const second = run(settings, '--laptop');
    await untilHealthy(`http://127.0.0.1:${port}`);
    const again = await fetch(`http://127.0.0.1:${port}/auth/v1/token?grant_type=password`, {
      method: 'POST',
      headers: { apikey: key, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'ada@example.com', password: 'correct horse battery' }),
    });
    expect(await again.json()).toMatchObject({ error_code: 'email_not_confirmed' });
    process.kill(-second.child.pid!, 'SIGINT');
    expect(await second.ended).toBe(0);
    expect(leftOver()).toEqual([]);
  }, 60_000);

  it('on a busy port is refused in one sentence, with nothing left running', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const text = await refusal({ PORT: String(port), NATS_SERVER_BIN: natsServer }, '--laptop');
    server.close();
    expect(text).toBe(`port ${port} is in use by another program; choose another with PORT`);
    expect(leftOver()).toEqual([]);
  });

  it('without a nats-server is refused in one sentence', async () => {
    const PORT = String(await freePort());
    const text = await refusal({ ...drop, PORT, DATABASE_URL: 'postgres://u@127.0.0.1:1/x', NATS_SERVER_BIN: '/none' });
    expect(text).toBe('NATS_SERVER_BIN names /none, which is not an executable file.');
  });

  it('on a database that refuses is refused in one sentence that holds no password', async () => {
    const PORT = String(await freePort());
    const DATABASE_URL = 'postgres://u:topsecret@127.0.0.1:1/x';
    const text = await refusal({ ...drop, PORT, DATABASE_URL, NATS_SERVER_BIN: natsServer });
    expect(text).toBe(
      'The database at 127.0.0.1:1 cannot be used (connect ECONNREFUSED 127.0.0.1:1): check DATABASE_URL.',
    );
  });

  it('with a wrong configuration names every problem at once', async () => {
    const wrong = { GOTRUE_JWT_EXP: 'soon', GOTRUE_SMTP_PORT: 'x', GOTRUE_MAILER_AUTOCONFIRM: 'maybe' };
    const text = await refusal({ ...drop, ...wrong });
    expect(text.split('\n')).toHaveLength(3);
    for (const name of Object.keys(wrong)) expect(text).toContain(name);
  });
});
