// `npm run bench`: our side alone, in less than two minutes. Every figure is also given as a ratio to a raw `pg` loop (one named primary-key query,
// same connections, same PostgreSQL, same run), because the machine is shared and its speed changes from hour to hour. `--save` writes the result to
// test/bench/last.json, against which the next run compares; `--check` fails when a ratio fell below half of what is written there.
import { fork, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { prepare, root } from '../../scripts/prepare.mjs';
import globalSetup from '../global-setup.mjs';
import globalTeardown from '../global-teardown.mjs';

const { values: options } = parseArgs({
  options: {
    save: { type: 'boolean' },
    check: { type: 'boolean' },
    seconds: { type: 'string', default: '4' },
    works: { type: 'string', default: 'health,settings,jwks,user,refresh,sign-in,sign-up' },
  },
});
const CONNECTIONS = 16;
const SECONDS = Number(options.seconds);
const LAST = new URL('last.json', import.meta.url);

await prepare();
await globalSetup({});
const { postgresUrl } = JSON.parse(process.env.USHER_TEST_SERVERS);
const admin = new pg.Client(postgresUrl);
await admin.connect();
await admin.query('DROP DATABASE IF EXISTS usher_bench');
await admin.query('CREATE DATABASE usher_bench TEMPLATE usher_prepared');
const databaseUrl = Object.assign(new URL(postgresUrl), { pathname: '/usher_bench' }).href;
const server = await startServer();
try {
  const users = await Promise.all(Array.from({ length: CONNECTIONS }, (_, n) => signUp(n)));
  const results = {};
  for (const work of options.works.split(',')) {
    const raw = await rawQueries(SECONDS / 4);
    const cpu = cpuSeconds(server.pid);
    const { requests, failed, p50, p99, refreshed } = await load(work, users);
    if (work === 'refresh') users.splice(0, users.length, ...refreshed);
    const cpuMs = ((cpuSeconds(server.pid) - cpu) * 1_000) / requests;
    results[work] = { perSecond: requests / SECONDS, p50, p99, cpuMs, ratio: requests / SECONDS / raw, failed };
  }
  report(results);
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
  await admin.end();
  await globalTeardown();
}

async function startServer() {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    PORT: String(port),
    GOTRUE_API_HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    GOTRUE_DB_DRIVER: 'postgres',
    GOTRUE_DB_MAX_POOL_SIZE: '20',
    API_EXTERNAL_URL: `http://127.0.0.1:${port}`,
    GOTRUE_SITE_URL: 'http://127.0.0.1:3000',
    GOTRUE_JWT_SECRET: 'a secret of the benchmark, long enough for HS256',
    GOTRUE_JWT_EXP: '3600',
    GOTRUE_JWT_AUD: 'authenticated',
    GOTRUE_MAILER_AUTOCONFIRM: 'true',
    GOTRUE_RATE_LIMIT_HEADER: '',
    GOTRUE_LOG_LEVEL: 'error',
    NATS_SERVER_BIN: JSON.parse(process.env.USHER_TEST_SERVERS).natsServerBinary,
  };
  const started = performance.now();
  const child = spawn(process.execPath, ['dist/apps/standalone/main.js'], { cwd: root, env, stdio: 'inherit' });
  child.base = env.API_EXTERNAL_URL;
  while (child.exitCode === null) {
    if (
      await fetch(`${child.base}/health`).then(
        (r) => r.ok,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (child.exitCode !== null) throw new Error('the server did not start');
  console.log(`empty database to healthy: ${Math.round(performance.now() - started)} ms\n`);
  return child;
}

async function signUp(n) {
  const user = { email: `user${n}@example.com`, password: 'correct horse battery' };
  const body = JSON.stringify(user);
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${server.base}/signup`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`sign-up: ${await answer.text()}`);
  const { access_token: accessToken, refresh_token: refreshToken } = await answer.json();
  return { ...user, accessToken, refreshToken };
}

async function load(work, users) {
  const child = fork(new URL('load.mjs', import.meta.url));
  child.send({ work, base: server.base, connections: CONNECTIONS, seconds: SECONDS, users });
  const [result] = await once(child, 'message');
  return result;
}

/** Queries per second of a plain loop: what this machine can do right now. */
async function rawQueries(seconds) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  const query = {
    name: 'raw',
    text: 'SELECT id, email, aud, role, created_at, updated_at FROM auth.users WHERE id = $1',
  };
  const { rows } = await pool.query('SELECT id FROM auth.users LIMIT 1');
  const ends = performance.now() + seconds * 1_000;
  let done = 0;
  const loop = async () => {
    for (; performance.now() < ends; done++) await pool.query({ ...query, values: [rows[0].id] });
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  await pool.end();
  return done / seconds;
}

/** User and system time of a process, nats-server and PostgreSQL left out (Linux; 0 elsewhere). */
function cpuSeconds(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

function report(results) {
  const last = JSON.parse(readFileSync(LAST, 'utf8'));
  const cell = (value, width = 10) => String(value).padStart(width);
  console.log(
    `${'work'.padEnd(9)}${['per second', 'p50 ms', 'p99 ms', 'CPU ms', 'to raw', 'last', 'change'].map((h) => cell(h, 11)).join('')}`,
  );
  const slower = [];
  for (const [work, { perSecond, p50, p99, cpuMs, ratio, failed }] of Object.entries(results)) {
    const before = last[work]?.ratio;
    const change = before ? `${ratio >= before ? '+' : ''}${Math.round((ratio / before - 1) * 100)} %` : '';
    const figures = [
      perSecond.toFixed(0),
      p50.toFixed(2),
      p99.toFixed(1),
      cpuMs.toFixed(3),
      ratio.toFixed(4),
      before?.toFixed(4) ?? '',
      change,
    ];
    console.log(`${work.padEnd(9)}${figures.map((f) => cell(f, 11)).join('')}${failed ? `  ${failed} FAILED` : ''}`);
    if (failed || (before && ratio < before / 2)) slower.push(work);
  }
  if (options.save) writeFileSync(LAST, `${JSON.stringify(rounded(results), null, 2)}\n`);
  if (!options.check) return;
  const checked = Object.keys(results).length;
  console.log(`${checked - slower.length} passed, ${slower.length} failed`);
  process.exitCode = slower.length ? 1 : 0;
}

function rounded(results) {
  const round = (value) => Number(value.toPrecision(3));
  return Object.fromEntries(
    Object.entries(results).map(([work, figures]) => [
      work,
      Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, round(value)])),
    ]),
  );
}
