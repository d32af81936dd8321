import { describe, expect, it } from '@jest/globals';
import type { ExternalEmail, ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import { decideLinking, linkingDomain, verifiedEmails, type LinkingFacts } from './account-linking.js';

const RULES = { autoconfirm: false, domains: { discord: 'games', twitch: 'games' } };
const NOTHING: LinkingFacts = { candidateTaken: false, identities: [], userIds: [] };

const email = (address: string, verified = true, primary = true): ExternalEmail => ({
  email: address,
  verified,
  primary,
});
const identity = (provider: string, ...emails: ExternalEmail[]): ExternalIdentity => ({
  ...{ provider, subject: 's', emails, claims: { sub: 's' } },
});
const decide = (who: ExternalIdentity, facts: Partial<LinkingFacts> = {}, rules = RULES) =>
  decideLinking(who, { ...NOTHING, ...facts }, rules);

describe('linking domains', () => {
  it.each([
    ['github', 'default'],
    ['discord', 'games'],
    ['sso:8f1c1c9e-0f0b-4ab3-a9a6-5d7a6bfa3d11', 'sso:8f1c1c9e-0f0b-4ab3-a9a6-5d7a6bfa3d11'],
    ['constructor', 'default'],
    ['__proto__', 'default'],
  ])('%s is of %s', (provider, domain) => expect(linkingDomain(provider, RULES.domains)).toBe(domain));
});

describe('who somebody is', () => {
  it('an identity that is known is its owner, whatever its addresses say now', () => {
    const facts = { ownerId: 'ada', userIds: ['eve'], candidateTaken: true };
    expect(decide(identity('github', email('eve@example.com')), facts)).toMatchObject({
      kind: 'account_exists',
      userId: 'ada',
    });
  });

  it('a verified address leads to the account that has it', () => {
    const facts = { userIds: ['ada'], candidateTaken: true };
    expect(decide(identity('github', email('ada@example.com')), facts)).toMatchObject({
      kind: 'link_account',
      userId: 'ada',
    });
  });

  it('cannot reach another user with an address that the provider has not verified', () => {
    const facts = { userIds: ['victim'], identities: [{ userId: 'victim', provider: 'google' }], candidateTaken: true };
    const decision = decide(identity('github', email('victim@example.com', false)), facts);
    expect(decision).toMatchObject({ kind: 'create_account', candidate: { email: '' } });
  });

  it('cannot take the address of another user along behind a verified one', () => {
    const attacker = identity(
      'github',
      email('victim@example.com', false, true),
      email('mine@example.com', true, false),
    );
    expect(decide(attacker, { candidateTaken: true })).toMatchObject({
      kind: 'create_account',
      candidate: { email: '' },
    });
  });

  it('an SSO identity never joins an account of the default domain, nor one of another provider', () => {
    const facts = {
      userIds: ['victim'],
      identities: [
        { userId: 'victim', provider: 'google' },
        { userId: 'other', provider: 'sso:a' },
      ],
    };
    expect(decide(identity('sso:b', email('victim@example.com')), facts).kind).toBe('create_account');
  });

  it('providers of one domain join each other', () => {
    const facts = { identities: [{ userId: 'ada', provider: 'twitch' }] };
    expect(decide(identity('discord', email('ada@example.com')), facts)).toMatchObject({
      kind: 'link_account',
      userId: 'ada',
    });
  });

  it('addresses of two accounts join neither', () => {
    const both = identity('github', email('a@example.com'), email('b@example.com', true, false));
    expect(decide(both, { userIds: ['a', 'b'] }).kind).toBe('multiple_accounts');
    const kin = [
      { userId: 'a', provider: 'google' },
      { userId: 'b', provider: 'gitlab' },
    ];
    expect(decide(both, { identities: kin }).kind).toBe('multiple_accounts');
  });

  it('autoconfirm takes every address for verified, as the reference does', () => {
    expect(verifiedEmails([email('A@Example.com', false)], true)).toEqual(['a@example.com']);
    expect(verifiedEmails([email('A@Example.com', false), email('', true)], false)).toEqual([]);
  });
});
