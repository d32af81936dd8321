import { describe, expect, it } from '@jest/globals';
import { linkColumns, linkType, staleHalf } from './action-link.js';
import { userRow } from './user-row.fixture.js';

const NOW = new Date('2026-01-01T00:00:00Z');

describe('the type of a link', () => {
  it('of a magic link for nobody is a sign-up', () => {
    expect(linkType('magiclink', true)).toBe('magiclink');
    expect(linkType('magiclink', false)).toBe('signup');
  });

  it.each(['recovery', 'email_change_current', 'email_change_new'])('%s needs a user', (type) => {
    expect(linkType(type, true)).toBe(type);
    expect(() => linkType(type, false)).toThrow('User with this email not found');
  });

  it.each(['', 'email', 'email_change', 'MAGICLINK', 'constructor'])('is not %j', (type) => {
    expect(() => linkType(type, true)).toThrow(`Invalid email action link type requested: ${type}`);
  });
});

describe('the columns of a link', () => {
  const code = (type: Parameters<typeof staleHalf>[0]) => ({ type, hash: 'h', relatesTo: 'a@example.com' });

  it('are those that the mail would have set', () => {
    expect(linkColumns(code('recovery'), '', NOW)).toEqual({ recovery_token: 'h', recovery_sent_at: NOW });
    expect(linkColumns(code('signup'), '', NOW)).toEqual({ confirmation_token: 'h', confirmation_sent_at: NOW });
    expect(linkColumns(code('invite'), '', NOW)).toMatchObject({ confirmation_token: 'h', invited_at: NOW });
    expect(linkColumns(code('email_change_new'), 'b@example.com', NOW)).toEqual({
      ...{ email_change: 'b@example.com', email_change_confirm_status: 0, email_change_sent_at: NOW },
      email_change_token_new: 'h',
    });
  });

  it('of a change to another address leave no half of the former change', () => {
    const before = userRow({ email_change: 'b@example.com' });
    expect(staleHalf('email_change_current', before, 'b@example.com')).toBeUndefined();
    expect(staleHalf('email_change_current', before, 'c@example.com')).toBe('email_change_token_new');
    expect(staleHalf('email_change_new', before, 'c@example.com')).toBe('email_change_token_current');
    expect(staleHalf('recovery', before, '')).toBeUndefined();
  });
});
