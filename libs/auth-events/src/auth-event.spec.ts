import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

describe('auth-event.ts', () => {
  it('is what libs/contracts says: run `node libs/auth-events/generate.mjs`', async () => {
    const { generate } = (await import(new URL('../generate.mjs', import.meta.url).href)) as { generate(): string };

    expect(readFileSync(new URL('auth-event.ts', import.meta.url), 'utf8')).toBe(generate());
  });
});
