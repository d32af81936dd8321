import { describe, expect, it } from '@jest/globals';
import { consumerControlSubject, deadLetterSubject } from '@usher/contracts/events/dead-letters.contract';
import { CONTROL_PREFIX, DEAD_LETTERS_PREFIX } from './dead-letters.js';

describe('subjects of a consumer', () => {
  it('are those of the contract', () => {
    expect(deadLetterSubject('crm')).toBe(`${DEAD_LETTERS_PREFIX}.crm`);
    expect(consumerControlSubject('crm', 'retry')).toBe(`${CONTROL_PREFIX}.crm.retry`);
  });
});
