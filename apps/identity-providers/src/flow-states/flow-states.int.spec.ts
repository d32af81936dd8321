import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import { Clock } from '@usher/runtime/clock';
import { readSettings } from '@usher/runtime/settings/settings';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { FlowStatesRepository } from './flow-states.repository.js';
import { SessionEndsRepository } from './session-ends.repository.js';
import { FlowStatesService } from './flow-states.service.js';

const USER = '5f3c2a10-7c1d-4a0e-9f00-000000000001';
const VERIFIER = 'v'.repeat(43);

class MovableClock extends Clock {
  private offsetMs = 0;

  override now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }
}

let copy: TestDatabase;
let database: Database;
let flows: FlowStatesService;
const clock = new MovableClock();

beforeAll(async () => {
  copy = await cloneDatabase();
  database = connectDatabase({
    ...{ url: copy.url, maxConnections: 8, applicationName: 'flow test', namespace: 'auth', namedStatements: true },
    onIdleError: () => undefined,
  });
  const settings = readSettings({
    GOTRUE_SITE_URL: 'http://localhost:3000',
    API_EXTERNAL_URL: 'http://localhost:9999',
    GOTRUE_DB_DRIVER: 'postgres',
    GOTRUE_JWT_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
    DATABASE_URL: copy.url,
  });
  flows = new FlowStatesService(settings, database, new FlowStatesRepository(), clock, new SessionEndsRepository());
});

afterAll(async () => {
  await database.pool.end();
  await copy.drop();
});

async function newCode(method: string, verifier = VERIFIER): Promise<string> {
  const challenge = { codeChallenge: verifier, codeChallengeMethod: 'plain' };
  await flows.start({ userId: USER, method, providerType: method, ...challenge });
  return (await flows.issueCode({ userId: USER, method })).code;
}

it('gives a code once, also to six who ask at the same time', async () => {
  const authCode = await newCode('recovery');
  const asked = Array.from({ length: 6 }, () => flows.redeemCode({ authCode, codeVerifier: VERIFIER }));
  const answers = await Promise.allSettled(asked);
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(flows.redeemCode({ authCode, codeVerifier: VERIFIER })).rejects.toMatchObject({ status: 404 });
});

it('survives a wrong verifier', async () => {
  const authCode = await newCode('recovery');
  const wrong = flows.redeemCode({ authCode, codeVerifier: 'w'.repeat(43) });
  await expect(wrong).rejects.toMatchObject({ code: 'bad_code_verifier' });
  const redeemed = await flows.redeemCode({ authCode, codeVerifier: VERIFIER });
  expect(redeemed).toEqual({ userId: USER, method: 'recovery', providerType: 'recovery' });
});

it('of two requests counts the last', async () => {
  await flows.start({
    ...{ userId: USER, method: 'magiclink', providerType: 'magiclink' },
    ...{ codeChallenge: 'x'.repeat(43), codeChallengeMethod: 'S256' },
  });
  const authCode = await newCode('magiclink', 'y'.repeat(43));
  await expect(flows.redeemCode({ authCode, codeVerifier: 'y'.repeat(43) })).resolves.toMatchObject({ userId: USER });
});

it('expires', async () => {
  const authCode = await newCode('recovery');
  clock.advance(301_000);
  const late = flows.redeemCode({ authCode, codeVerifier: VERIFIER });
  await expect(late).rejects.toMatchObject({ code: 'flow_state_expired', status: 422 });
});

it('issues nothing to a link without a flow', async () => {
  const nobody = '5f3c2a10-7c1d-4a0e-9f00-000000000009';
  const issued = flows.issueCode({ userId: nobody, method: 'recovery' });
  await expect(issued).rejects.toMatchObject({ code: 'flow_state_not_found', status: 400 });
});

it('the end of a session that an identity provider set comes with the code, once', async () => {
  const authCode = await newCode('sso/saml');
  const byCode = statement<{ id: string }>('test.flow', 'SELECT id FROM flow_state WHERE auth_code = $1');
  const flow = await database.first(byCode, [authCode]);
  const end = '2030-01-01T00:00:00Z';
  await database.transaction((tx) => new SessionEndsRepository().keep(tx, flow?.id ?? '', end, clock.now()));
  await expect(flows.redeemCode({ authCode, codeVerifier: VERIFIER })).resolves.toMatchObject({ sessionNotAfter: end });
});
