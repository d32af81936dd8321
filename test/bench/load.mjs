// One closed loop of requests in a process of its own, so that the generator does not take the server's event loop. Told what to do by its parent:
// { work, base, apikey, connections, seconds, users: [{ email, password, accessToken, refreshToken }] } → { requests, failed, p50, p99 } (ms).
import { Pool } from 'undici';

process.on('message', async (job) => {
  process.send(await run(job));
  process.disconnect();
});

const JSON_BODY = { 'content-type': 'application/json' };

/** What each work asks for; `turn` counts the requests of one connection. */
const WORKS = {
  user: (user) => ({ path: '/user', method: 'GET', headers: { authorization: `Bearer ${user.accessToken}` } }),
  jwks: () => ({ path: '/.well-known/jwks.json', method: 'GET' }),
  settings: () => ({ path: '/settings', method: 'GET' }),
  health: () => ({ path: '/health', method: 'GET' }),
  refresh: (user) => post('/token?grant_type=refresh_token', { refresh_token: user.refreshToken }),
  'sign-in': (user) => post('/token?grant_type=password', { email: user.email, password: user.password }),
  'sign-up': (user, turn) =>
    post('/signup', { email: `${process.pid}.${turn}.${user.email}`, password: user.password }),
};

const post = (path, body) => ({ path, method: 'POST', headers: JSON_BODY, body: JSON.stringify(body) });

async function run({ work, base, connections, seconds, users }) {
  const pool = new Pool(base, { connections, pipelining: 1 });
  const ends = performance.now() + seconds * 1_000;
  const times = [];
  let failed = 0;
  const loop = async (user) => {
    for (let turn = 0; performance.now() < ends; turn++) {
      const started = performance.now();
      const { statusCode, body } = await pool.request(WORKS[work](user, turn));
      const text = await body.text();
      times.push(performance.now() - started);
      if (statusCode !== 200) failed++;
      else if (work === 'refresh') user.refreshToken = JSON.parse(text).refresh_token;
    }
  };
  await Promise.all(users.slice(0, connections).map(loop));
  await pool.close();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { requests: times.length, failed, p50: at(0.5), p99: at(0.99), refreshed: users };
}
