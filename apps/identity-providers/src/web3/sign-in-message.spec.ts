import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AuthError } from '@usher/contracts/errors';
import { CHAINS } from './chain.js';
import { fitsEthereum } from './ethereum.js';
import { readInstant } from './instant.js';
import { timeProblem } from './message-rules.js';
import { parseSignInMessage } from './sign-in-message.js';
import { decodeSolanaSignature, fitsSolana } from './solana.js';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const ETHEREUM = CHAINS.ethereum!;
const SOLANA = CHAINS.solana!;

const text = (more = '', label = 'Ethereum', address = `0x${'ab'.repeat(20)}`): string =>
  `app.example.com wants you to sign in with your ${label} account:\n${address}\n\nHello\n\n` +
  `URI: https://app.example.com/\nVersion: 1\nChain ID: ${label === 'Ethereum' ? '1' : 'solana:mainnet'}\n` +
  `Nonce: 1\nIssued At: 2026-01-01T12:00:00Z${more}`;
const problemOf = (more: string, now = NOW) =>
  timeProblem(parseSignInMessage(text(more), ETHEREUM), 'Ethereum', now, 600_000);

describe('the times of a message', () => {
  it('Expiration Time counts without Not Before', () => {
    expect(problemOf('\nExpiration Time: 2026-01-01T12:01:00Z')).toBeUndefined();
    expect(problemOf('\nExpiration Time: 2026-01-01T12:01:00Z', NOW + 61_000)).toMatch('expired');
  });

  it('a message is neither too old nor from the future', () => {
    expect(problemOf('', NOW + 599_000)).toBeUndefined();
    expect(problemOf('', NOW + 601_000)).toMatch('too long ago');
    expect(problemOf('', NOW - 601_000)).toMatch('too far in the future');
  });

  it('RFC 3339 and nothing else', () => {
    expect(readInstant('2026-01-01T12:00:00.123456+02:00')).toBe(NOW - 7_200_000 + 123);
    for (const bad of ['2026-02-30T00:00:00Z', '2026-01-01', '2026-01-01T12:00:00', '2026-01-01T25:00:00Z', 'now', ''])
      expect(readInstant(bad)).toBeUndefined();
  });
});

describe('an address that is not a key', () => {
  it('fits no signature, and breaks nothing', async () => {
    const signature = decodeSolanaSignature('A'.repeat(86));
    for (const address of ['1'.repeat(32), '0'.repeat(44), 'z'.repeat(44), 'l'.repeat(40), 'A'.repeat(33)]) {
      const message = parseSignInMessage(text('', 'Solana', address), SOLANA);
      await expect(fitsSolana(text(), message, signature)).resolves.toBe(false);
    }
  });

  it('a key of small order signs nothing', async () => {
    const zero = '1'.repeat(32);
    const message = parseSignInMessage(text('', 'Solana', zero), SOLANA);
    const forged = Buffer.alloc(64);
    forged[0] = 1;
    await expect(fitsSolana(text('', 'Solana', zero), message, forged)).resolves.toBe(false);
  });
});

describe('hostile input', () => {
  it('any text is a message or a clear refusal', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom(...text().split('\n'), 'Resources:', '- x', 'URI: //', '\0'));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        try {
          parseSignInMessage(lines.join('\n'), ETHEREUM);
        } catch (error) {
          expect(error).toBeInstanceOf(AuthError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('any signature of the right length fits or does not', async () => {
    const message = parseSignInMessage(text(), ETHEREUM);
    const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 130, maxLength: 130 });
    await fc.assert(
      fc.asyncProperty(hex, async (signature) => {
        await expect(fitsEthereum(text(), message, `0x${signature}`)).resolves.toBe(false);
      }),
      { numRuns: 50 },
    );
    for (const odd of ['0'.repeat(130), 'f'.repeat(130), `0x${'!'.repeat(130)}`])
      await expect(fitsEthereum(text(), message, odd)).resolves.toBe(false);
  });
});
