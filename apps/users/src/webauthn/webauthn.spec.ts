import { describe, expect, it } from '@jest/globals';
import { SoftwareAuthenticator, type Wrong } from '@usher/testing/authenticator';
import type { Json } from '@usher/contracts/user-object';
import { fromStored, toStored, type Ceremony } from './ceremony.js';
import { readAssertion, readRegistration } from './client-response.js';
import { creationOptions, requestOptions } from './options.js';
import { isExpectedOrigin, relyingParty } from './relying-party.js';
import { afterUse, fromCredentialJson, toCredentialJson } from './stored-credential.js';
import { verifyAssertion } from './verify-assertion.js';
import { verifyRegistration } from './verify-registration.js';

const ORIGIN = 'https://app.example.com';
const RP = { id: 'example.com', name: 'Example', origins: [ORIGIN] };
const USER = '6ba7b810-9dad-41d1-80b4-00c04fd430c8';
const registration: Ceremony = {
  ...{ kind: 'registration', challenge: 'Y2hhbGxlbmdl', rpId: RP.id, userId: USER, allowed: [], userVerification: '' },
};
const assertion: Ceremony = { ...registration, kind: 'assertion' };
const person = { id: USER, name: 'a@example.com', displayName: 'Ada' };
const wishes = { exclude: [], authenticatorSelection: {} };

async function register(device: SoftwareAuthenticator, wrong: Wrong = {}, ceremony = registration) {
  const options = creationOptions(RP, person, registration.challenge, wishes) as never;
  const response = readRegistration(device.create(options, wrong) as Json);
  return response && verifyRegistration(response, ceremony, RP);
}

async function use(device: SoftwareAuthenticator, signCount = 0, wrong: Wrong = {}, ceremony = assertion) {
  const made = await register(device);
  const stored = fromCredentialJson(toCredentialJson(made!))!;
  const response = readAssertion(device.get(requestOptions(RP, assertion.challenge, []) as never, wrong) as Json);
  return response && verifyAssertion(response, { ...stored, signCount }, ceremony, RP);
}

describe('origins', () => {
  it.each(['https://APP.example.com', 'https://app.example.com:443', 'https://app.example.com/'])('takes %s', (one) => {
    expect(isExpectedOrigin(one, [ORIGIN])).toBe(true);
  });

  it.each(['https://app.example.com.evil.test', 'http://app.example.com', 'https://example.com', 'null', ''])(
    'refuses %j',
    (one) => expect(isExpectedOrigin(one, [ORIGIN])).toBe(false),
  );

  it('needs a relying party and an origin', () => {
    const settings = { rpId: 'a', rpDisplayName: '', rpOrigins: [' '] };
    expect(relyingParty(settings as never)).toBeUndefined();
    expect(relyingParty({ ...settings, rpOrigins: [ORIGIN] } as never)).toEqual({ ...RP, id: 'a', name: 'a' });
  });
});

describe('ceremonies', () => {
  it('are read back as they were stored, in the reference’s form', () => {
    const stored = toStored({ ...assertion, allowed: ['_-8'] });
    expect(stored).toMatchObject({
      user_id: Buffer.from(USER).toString('base64'),
      allowed_credentials: ['/+8='],
      expires: '0001-01-01T00:00:00Z',
    });
    expect(fromStored(stored)).toEqual({ ...assertion, allowed: ['_-8'] });
    expect(fromStored(toStored(registration))).toEqual(registration);
  });
});

describe('registrations', () => {
  it('give a credential that can be used', async () => {
    expect(await register(new SoftwareAuthenticator(ORIGIN))).toMatchObject({
      algorithm: -7,
      format: 'none',
      signCount: 0,
    });
    expect(await use(new SoftwareAuthenticator(ORIGIN))).toMatchObject({ signCount: 1 });
  });

  it.each<Wrong>([
    { origin: 'https://evil.test' },
    { topOrigin: 'https://evil.test' },
    { rpId: 'evil.test' },
    { challenge: 'AAAA' },
    { type: 'webauthn.get' },
    { flags: 0x44 },
  ])('are refused with %j', async (wrong) => {
    expect(await register(new SoftwareAuthenticator(ORIGIN), wrong)).toBeUndefined();
  });

  it('do not answer the challenge of an assertion', async () => {
    expect(await register(new SoftwareAuthenticator(ORIGIN), {}, assertion)).toBeUndefined();
    expect(await use(new SoftwareAuthenticator(ORIGIN), 0, {}, registration)).toBeUndefined();
  });

  it.each<Json>([null, 'x', {}, [], { id: 'x' }, { id: 'a', type: 'public-key', response: { clientDataJSON: '%%' } }])(
    'that cannot be read are told apart: %j',
    (value) => {
      expect(readRegistration(value)).toBeUndefined();
      expect(readAssertion(value)).toBeUndefined();
    },
  );
});

describe('assertions', () => {
  it('move the counter, and never back', async () => {
    expect(await use(new SoftwareAuthenticator(ORIGIN), 4, { counter: 5 })).toMatchObject({ signCount: 5 });
    expect(await use(new SoftwareAuthenticator(ORIGIN), 5, { counter: 5 })).toBeUndefined();
    expect(await use(new SoftwareAuthenticator(ORIGIN), 0, { counter: 0 })).toMatchObject({ signCount: 0 });
  });

  it('must come from a credential that was asked for', async () => {
    expect(await use(new SoftwareAuthenticator(ORIGIN), 0, {}, { ...assertion, allowed: ['AAAA'] })).toBeUndefined();
  });

  it('are stored with the credential', async () => {
    const device = new SoftwareAuthenticator(ORIGIN);
    const stored = toCredentialJson((await register(device))!);
    const flags = { userPresent: true, userVerified: false, backupEligible: false, backupState: false };
    expect(fromCredentialJson(afterUse(stored, { signCount: 9, flags }))).toMatchObject({ signCount: 9 });
    expect(fromCredentialJson(null)).toBeUndefined();
  });
});
