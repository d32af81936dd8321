import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signUp, verifyPassword } from '@usher/contracts/users/accounts.contract';
import { CONTEXT, startAccounts, type AccountsFixture } from './accounts.fixture.js';

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const PAIRS = 30;
/** A busy machine may spoil a round; a difference in the code shows in all of them. */
const ROUNDS = 4;

describe('the time of a refused sign-in', () => {
  let accounts: AccountsFixture;
  beforeAll(async () => {
    accounts = await startAccounts({ USHER_HASH_CONCURRENCY: '1' });
    await accounts.rpc.call(signUp, { email: 'known@example.com', password: 'secret1' }, CONTEXT);
  });
  afterAll(() => accounts.close());

  const time = async (email: string): Promise<number> => {
    const started = performance.now();
    const refused = accounts.rpc.call(verifyPassword, { email, password: 'wrong-1' }, CONTEXT);
    await expect(refused).rejects.toMatchObject({ code: 'invalid_credentials' });
    return performance.now() - started;
  };

  /** By how much the medians differ; known and unknown take turns, so that a busy moment meets both. */
  const round = async (): Promise<number> => {
    const [known, unknown]: [number[], number[]] = [[], []];
    for (let i = 0; i < PAIRS; i++) {
      known.push(await time('known@example.com'));
      unknown.push(await time(`unknown${i}@example.com`));
    }
    return Math.abs(median(known) / median(unknown) - 1);
  };

  it('is the same for an address that somebody has and one that nobody has', async () => {
    await time('unknown@example.com');
    let difference = await round();
    for (let again = 1; again < ROUNDS && difference >= 0.05; again++) difference = Math.min(difference, await round());
    expect(difference).toBeLessThan(0.05);
  }, 120_000);
});
