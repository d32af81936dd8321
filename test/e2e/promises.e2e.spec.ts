import { mkdtempSync, readFileSync, rmSync, openSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildKeySet } from '@usher/access-tokens/key-set';
import { signJwt } from '@usher/access-tokens/sign-jwt';
import { dataSchema } from '@usher/contracts/events/data-schema';
import type { EventType } from '@usher/contracts/events/event-types';
import { eventually } from '@usher/testing/eventually';
import { freePort } from '@usher/testing/free-port';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { startSmtpSink, type SmtpSink } from '@usher/testing/smtp-sink';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { generate } from 'otplib';
import pg from 'pg';
import { untilHealthy } from './processes.js';

const SECRET = 'a secret of this test that is long enough for HS256';
const serviceKey = signJwt(buildKeySet({ secret: SECRET, keyId: '', jwks: [], validMethods: [] }), {
  role: 'service_role',
});

type Body = Record<string, unknown> & { user?: Record<string, unknown> };
interface FeedEvent {
  type: string;
  subject: string;
  subjectversion: number;
  data: unknown;
}

let database: TestDatabase;
let smtp: SmtpSink;
let server: ChildProcess;
let url: string;
let folder: string;
let events: FeedEvent[];
/** Everything that must never be seen anywhere but in its own answer. */
const planted = new Map<string, string>();

const plant = (what: string, value: unknown): string => {
  if (typeof value === 'string' && value.length > 5) planted.set(value, what);
  return String(value);
};

async function call(method: string, route: string, body?: unknown, token?: string): Promise<Body> {
  const response = await fetch(url + route, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
    redirect: 'manual',
  });
  const text = await response.text();
  const answer = (text.startsWith('{') ? JSON.parse(text) : {}) as Body;
  for (const name of ['access_token', 'refresh_token', 'hashed_token', 'email_otp', 'client_secret'])
    plant(name, answer[name]);
  const location = response.headers.get('location') ?? '';
  for (const [, value] of location.matchAll(/(?:access_token|refresh_token)=([^&]+)/g)) plant('token of a link', value);
  return answer;
}

async function mailTo(address: string): Promise<string> {
  const mail = await smtp.waitForMail(address);
  const link = mail.links[0] ?? '';
  plant('token of a mail', new URL(link).searchParams.get('token') ?? '');
  return new URL(link).pathname + new URL(link).search;
}

/** One run through sign-up, sign-in, changes, factors and administration. */
async function live(): Promise<void> {
  const email = 'ada@example.com';
  const password = plant('password', 'marked-password-one');
  await call('POST', '/signup', { email, password, data: { name: 'Ada' } });
  await call('GET', await mailTo(email));
  await call('POST', '/signup', { email, password });
  const session = await call('POST', '/token?grant_type=password', { email, password });
  await call('POST', '/token?grant_type=password', {
    email,
    password: plant('wrong password', 'marked-password-wrong'),
  });
  const token = String(session.access_token);
  await call('PUT', '/user', { data: { step: 2 }, password: plant('new password', 'marked-password-two') }, token);
  const factor = await call('POST', '/factors', { factor_type: 'totp', friendly_name: 'phone' }, token);
  if (!factor.totp) throw new Error(JSON.stringify([session, factor]));
  const totp = factor.totp as { secret: string };
  plant('factor secret', totp.secret);
  const challenge = await call('POST', `/factors/${String(factor.id)}/challenge`, {}, token);
  const code = plant('factor code', await generate({ secret: totp.secret }));
  const raised = await call(
    'POST',
    `/factors/${String(factor.id)}/verify`,
    { challenge_id: challenge.id, code },
    token,
  );
  await call('DELETE', `/factors/${String(factor.id)}`, undefined, String(raised.access_token));
  const second = await call('POST', '/token?grant_type=refresh_token', { refresh_token: session.refresh_token });
  await call('POST', '/logout', undefined, String(second.access_token ?? raised.access_token));
  await call('POST', '/recover', { email });
  await call('POST', '/otp', { email: 'otp@example.com' });
  await call('GET', await mailTo('otp@example.com'));
  await call('POST', '/signup', {});
  await administer();
}

async function administer(): Promise<void> {
  const admin = (method: string, route: string, body?: unknown): Promise<Body> => call(method, route, body, serviceKey);
  const password = plant('password by admin', 'marked-password-admin');
  const { id } = await admin('POST', '/admin/users', { email: 'bob@example.com', password, email_confirm: true });
  await admin('PUT', `/admin/users/${String(id)}`, { email: 'bobby@example.com', app_metadata: { plan: 'pro' } });
  await admin('PUT', `/admin/users/${String(id)}`, { ban_duration: '1h' });
  await admin('PUT', `/admin/users/${String(id)}`, { ban_duration: 'none' });
  await admin('POST', '/invite', { email: 'eve@example.com' });
  await admin('POST', '/admin/generate_link', { type: 'magiclink', email: 'bobby@example.com' });
  await admin('POST', '/admin/generate_link', { type: 'recovery', email: 'bobby@example.com' });
  await admin('DELETE', `/admin/users/${String(id)}`, { should_soft_delete: true });
  await admin('DELETE', `/admin/users/${String(id)}`);
  await admin('POST', '/admin/oauth/clients', { client_name: 'app', redirect_uris: ['https://app.example/cb'] });
}

beforeAll(async () => {
  [database, smtp] = await Promise.all([cloneDatabase(), startSmtpSink()]);
  folder = mkdtempSync(path.join(tmpdir(), 'usher-promises-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  const log = openSync(path.join(folder, 'log'), 'a');
  server = spawn(
    process.execPath,
    ['--import', './test/event-coverage/watch-writes.mjs', 'dist/apps/standalone/main.js'],
    {
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_OPTIONS: '',
        WRITES_FILE: path.join(folder, 'writes'),
        DATABASE_URL: database.url,
        PORT: String(port),
        GOTRUE_API_HOST: '127.0.0.1',
        API_EXTERNAL_URL: url,
        GOTRUE_SITE_URL: 'http://127.0.0.1:3000',
        GOTRUE_JWT_SECRET: SECRET,
        GOTRUE_JWT_AUD: 'authenticated',
        GOTRUE_JWT_DEFAULT_GROUP_NAME: 'authenticated',
        GOTRUE_SMTP_HOST: smtp.host,
        GOTRUE_SMTP_PORT: String(smtp.port),
        GOTRUE_SMTP_ADMIN_EMAIL: 'auth@example.com',
        GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED: 'true',
        GOTRUE_OAUTH_SERVER_ENABLED: 'true',
        GOTRUE_SMTP_MAX_FREQUENCY: '1ns',
        GOTRUE_LOG_LEVEL: 'debug',
        USHER_EVENTS_SIGN_INS: 'true',
        USHER_EVENTS_SESSION_REFRESHED: 'true',
        USHER_EVENTS_MESSAGES: 'true',
      },
    },
  );
  await untilHealthy(url);
  await live();
  const pool = new pg.Pool({ connectionString: database.adminUrl, max: 1 });
  const total = await pool.query<{ n: number }>('SELECT count(*)::int AS n FROM auth_events.outbox');
  const hashes = await pool.query<{ hash: string }>('SELECT encrypted_password AS hash FROM auth.users');
  hashes.rows.forEach(({ hash }) => plant('hash of a password', hash));
  await pool.end();
  events = await eventually(async () => {
    const response = await fetch(`${url}/events?limit=1000`, { headers: { authorization: `Bearer ${serviceKey}` } });
    const { data } = (await response.json()) as { data: FeedEvent[] };
    return data.length >= total.rows[0]!.n ? data : undefined;
  });
}, 90_000);
afterAll(async () => {
  if (server.exitCode === null) {
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
  await Promise.all([database.drop(), smtp.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

describe('every event', () => {
  it('is what its schema says', () => {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const broken = events.flatMap(({ type, data }) => {
      const validate = ajv.compile({ ...dataSchema(type.slice(5) as EventType), $id: undefined });
      return validate(data) ? [] : [`${type}: ${ajv.errorsText(validate.errors)}`];
    });

    expect([...new Set(broken)]).toEqual([]);
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThan(20);
  });

  it('follows on the one before of its user', () => {
    const versions = new Map<string, number>();
    for (const { subject, subjectversion } of events) {
      expect(subjectversion).toBe((versions.get(subject) ?? 0) + 1);
      versions.set(subject, subjectversion);
    }
  });

  it('is there for each transaction that writes an account', () => {
    const file = path.join(folder, 'writes');
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const writes = lines.map((line) => JSON.parse(line) as { appended: boolean; statements: string[] });
    const excused = JSON.parse(readFileSync('test/event-coverage/writes-without-event.json', 'utf8')) as {
      statement: string;
    }[];
    const known = new Set(excused.map(({ statement }) => statement));
    const found = writes.filter(({ appended }) => !appended).flatMap(({ statements }) => statements);

    expect(writes.filter(({ appended }) => appended).length).toBeGreaterThan(15);
    expect([...new Set(found)].filter((statement) => !known.has(statement)).sort()).toEqual([]);
  });
});

describe('no secret', () => {
  const leaks = (text: string): string[] =>
    [...planted].filter(([value]) => text.includes(value)).map(([, what]) => what);

  it('is in the feed', () => {
    expect(planted.size).toBeGreaterThan(15);
    expect(leaks(JSON.stringify(events))).toEqual([]);
  });

  it('is in the log', () => {
    const log = readFileSync(path.join(folder, 'log'), 'utf8');
    expect(log.length).toBeGreaterThan(1_000);
    expect(leaks(log)).toEqual([]);
  });
});
