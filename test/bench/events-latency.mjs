// Commit → consumer, p50 and p99: `node test/bench/events-latency.mjs [events per second] [seconds]`.
// Needs DATABASE_URL (migrated) and NATS_URL with an events service running on both.
import pg from 'pg';
import { randomUUID } from 'node:crypto';
import { connect } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';

const [rate, seconds] = [Number(process.argv[2] ?? 100), Number(process.argv[3] ?? 10)];
const { DATABASE_URL, NATS_URL = '' } = process.env;
const url = new URL(NATS_URL);
const nats = await connect({
  servers: url.host,
  user: decodeURIComponent(url.username) || undefined,
  pass: decodeURIComponent(url.password) || undefined,
});
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: 8 });
const committed = new Map();
const arrived = new Map();
nats.subscribe('auth.events.>', {
  callback: (_error, message) => arrived.set(message.headers?.get('ce-id'), performance.now()),
});
await nats.flush();

async function append() {
  const [id, subject] = [uuidv7(), randomUUID()];
  await pool.query(
    `WITH s AS (INSERT INTO auth_events.subjects (subject_id, version) VALUES ($2, 1))
     INSERT INTO auth_events.outbox (id, subject_id, version, type, actor_type, origin, data)
     VALUES ($1, $2, 1, 'user.created', 'system', 'api', $3)`,
    [id, subject, { record: { id: subject }, previous: null, changed: [], context: {} }],
  );
  committed.set(id, performance.now());
  nats.publish('usher.poke.events');
}

for (let n = 0; n < 20; n++) await append();
await new Promise((resolve) => setTimeout(resolve, 500));
committed.clear();
const pending = [];
const start = performance.now();
for (let n = 0; n < rate * seconds; n++) {
  const due = start + (n * 1000) / rate;
  if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
  pending.push(append());
}
await Promise.all(pending);
const deadline = performance.now() + 10_000;
while ([...committed.keys()].some((id) => !arrived.has(id)) && performance.now() < deadline)
  await new Promise((resolve) => setTimeout(resolve, 50));
const delays = [...committed]
  .flatMap(([id, at]) => (arrived.has(id) ? [arrived.get(id) - at] : []))
  .sort((a, b) => a - b);
const at = (share) => delays[Math.min(delays.length - 1, Math.floor(delays.length * share))]?.toFixed(1);
console.log(
  `${rate}/s, ${committed.size} events, ${committed.size - delays.length} missing: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`,
);
await Promise.all([nats.close(), pool.end()]);
