import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Jwk } from '@usher/access-tokens/key-set';
import { verifyJwt } from '@usher/access-tokens/verify-jwt';
import type { AuthError } from '@usher/contracts/errors';
import { openSession, refreshSession, type SessionObject } from '@usher/contracts/tokens/sessions.contract';
import type { UserObject } from '@usher/contracts/user-object';
import { RpcClient } from '@usher/messaging/rpc-client';
import { LiveKeys } from '@usher/runtime/keys/live-keys';
import type { Resources } from '@usher/runtime/resources';
import { readSettings } from '@usher/runtime/settings/settings';
import { eventually } from '@usher/testing/eventually';
import { startNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { generateKey } from '../../apps/cli/src/keys/generate-key.js';
import { rotated, signing, verifying } from '../../apps/cli/src/keys/key-roles.js';
import { CONTEXT, openTestResources, serviceEnvironment } from '../../apps/events/src/events-service.fixture.js';
import { seeded } from './random.js';
import { bundleVictims, Victim } from './victim.js';

const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000);
const random = seeded(seed);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let nats: Awaited<ReturnType<typeof startNats>>;
let database: TestDatabase;
let resources: Resources;
let rpc: RpcClient;
let replicas: Victim[];
let folder: string;

beforeAll(async () => {
  process.stderr.write(`fault tests: FAULTS_SEED=${seed}\n`);
  await bundleVictims();
});
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'usher-tokens-'));
  [database, nats] = await Promise.all([cloneDatabase(), startNats()]);
  resources = await openTestResources(database.url, nats.url);
  rpc = new RpcClient(resources.nats, 1_500);
  replicas = [];
});
afterEach(async () => {
  await Promise.all(replicas.map((replica) => replica.kill()));
  await resources.close();
  await nats.stop();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function startReplicas(environment: Record<string, string> = {}): Promise<void> {
  replicas = [0, 1].map(
    () => new Victim('tokens', [], { ...serviceEnvironment(database.url, nats.url), ...environment }),
  );
  replicas.forEach((replica) => replica.start());
}

async function newSession(): Promise<SessionObject> {
  const { rows } = await resources.database.pool.query<{ id: string }>(
    `INSERT INTO users (instance_id, id, aud, role) VALUES ('00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated') RETURNING id`,
  );
  const user = { id: rows[0]!.id, aud: 'authenticated', role: 'authenticated' } as UserObject;
  const signIn = { user, method: 'password', isSsoUser: false };
  return eventually(() => rpc.call(openSession, { signIn }, CONTEXT), { timeoutMs: 20_000 });
}

interface Use {
  used: string;
  got: string;
  began: number;
  ended: number;
}

/** Two clients of one session, as the tabs of a browser: both refresh at once, and go on with what they got when both have heard. */
class Clients {
  readonly history: Use[] = [];
  readonly errors: string[] = [];

  constructor(private token: string) {}

  async run(until: number): Promise<void> {
    while (performance.now() < until) {
      const [one, two] = await Promise.all([this.use(this.token), this.use(this.token)]);
      this.token = one ?? two ?? this.token;
      await pause(random() * 30);
    }
  }

  private async use(used: string): Promise<string | undefined> {
    const began = performance.now();
    try {
      const { refresh_token: got } = await rpc.call(refreshSession, { refreshToken: used }, CONTEXT);
      this.history.push({ used, got, began, ended: performance.now() });
      return got;
    } catch (error) {
      this.errors.push((error as AuthError).code ?? 'unknown');
      return undefined;
    }
  }
}

/** The one chain in which everything that was answered has its place, in the order of real time. */
function chainOf(first: string, history: Use[]): string[] {
  const next = new Map<string, string>();
  for (const { used, got } of history) {
    expect(next.get(used) ?? got).toBe(got);
    next.set(used, got);
  }
  const chain = [first];
  for (let token = next.get(first); token !== undefined; token = next.get(token)) chain.push(token);
  expect(chain.length).toBe(next.size + 1);
  const place = new Map(chain.map((token, n) => [token, n]));
  let newest = 0;
  const ends = [...history].sort((a, b) => a.ended - b.ended);
  for (const use of [...history].sort((a, b) => a.began - b.began)) {
    while (ends[0] && ends[0].ended < use.began) newest = Math.max(newest, place.get(ends.shift()!.got)!);
    expect(place.get(use.got)).toBeGreaterThanOrEqual(newest);
  }
  return chain;
}

describe('two replicas of tokens', () => {
  it.each(['1', '2'])(
    'killed again and again under 8 clients keep one chain for each session, version %s',
    async (version) => {
      await startReplicas({ GOTRUE_SECURITY_REFRESH_TOKEN_ALGORITHM_VERSION: version });
      const sessions = await Promise.all([1, 2, 3, 4].map(newSession));
      const clients = sessions.map(({ refresh_token }) => new Clients(refresh_token));
      const until = performance.now() + 5_000;
      const work = Promise.all(clients.map((client) => client.run(until)));
      for (let n = 0; performance.now() < until; n++) {
        await pause(400 + random() * 500);
        await replicas[n % 2]!.kill();
        replicas[n % 2]!.start();
      }
      await work;
      for (const [n, { history, errors }] of clients.entries()) {
        expect(errors.filter((code) => code !== 'service_unavailable')).toEqual([]);
        const first = sessions[n]!.refresh_token;
        const chain = chainOf(first, history);
        expect(chain.length).toBeGreaterThan(5);
        const again = () =>
          rpc.call(refreshSession, { refreshToken: first }, CONTEXT).catch((error: AuthError) => error.code);
        await eventually(async () => (await again()) !== 'service_unavailable', { timeoutMs: 20_000 });
        // A token from long ago ends it, for every replica.
        for (const token of [first, chain.at(-1)!])
          await expect(rpc.call(refreshSession, { refreshToken: token }, CONTEXT)).rejects.toThrow(
            'Invalid Refresh Token',
          );
      }
      const { rows } = await resources.database.pool.query<{ parent: string }>(
        `SELECT parent FROM refresh_tokens WHERE parent <> '' GROUP BY parent HAVING count(*) > 1`,
      );
      expect(rows).toEqual([]);
    },
    90_000,
  );

  it('verify every token while the keys are rotated twice, 200 times a second', async () => {
    const file = path.join(folder, 'keys.json');
    const write = (jwks: Jwk[]): void => {
      writeFileSync(`${file}.new`, JSON.stringify(jwks));
      renameSync(`${file}.new`, file);
    };
    let keys = [verifying(generateKey('ES256')), signing(generateKey('ES256'))];
    write(keys);
    await startReplicas({ USHER_JWT_KEYS_FILE: file, USHER_JWT_KEYS_INTERVAL: '300ms' });
    const session = await newSession();
    const verifiers = ['150ms', '400ms'].map((interval) => {
      const environment = { USHER_JWT_KEYS_FILE: file, USHER_JWT_KEYS_INTERVAL: interval, GOTRUE_JWT_SECRET: 'x' };
      return new LiveKeys(readSettings(environment, { concerns: ['jwt', 'usher'] }), resources.logger, true);
    });
    const issued = [session.access_token];
    let token = session.refresh_token;
    let running = true;
    const issuing = (async () => {
      while (running) {
        const next = await rpc.call(refreshSession, { refreshToken: token }, CONTEXT);
        issued.push(next.access_token);
        token = next.refresh_token;
        await pause(20);
      }
    })();
    let verified = 0;
    const started = performance.now();
    const elapsed = (): number => performance.now() - started;
    for (let rotations = 0; elapsed() < 7_000;) {
      if (rotations < 2 && elapsed() > 2_000 * (rotations + 1)) {
        write((keys = rotated(keys, generateKey('ES256'))));
        rotations++;
      }
      // Behind the schedule of 200 a second? Then several at once.
      for (; verified < elapsed() / 5; verified++)
        verifyJwt(
          verifiers[verified % 2]!.current,
          issued[issued.length - 1 - (verified % Math.min(issued.length, 10))]!,
          new Date(),
        );
      await pause(5);
    }
    running = false;
    await issuing;
    verifiers.forEach((verifier) => verifier.onModuleDestroy());
    const kids = issued.map(
      (jwt) => (JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid,
    );
    expect(new Set(kids).size).toBe(3);
    expect(verified).toBeGreaterThan(1_300);
    const { rows } = await resources.database.pool.query(
      `SELECT 1 FROM auth_events.outbox WHERE type = 'signing_key.rotated'`,
    );
    expect(rows).toHaveLength(2);
  }, 60_000);
});
