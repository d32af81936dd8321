import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SoftwareAuthenticator, type Wrong } from '@usher/testing/authenticator';
import { ORIGIN, Server, type Person, type Reply } from './server.fixture.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start({ GOTRUE_PASSKEY_MAX_PASSKEYS_PER_USER: '3' });
}, 60_000);
afterAll(() => server.stop());

let n = 0;
const someone = (): Promise<Person> => server.signUp(`holder${++n}@example.com`);
const codesOf = (replies: Reply[]) => replies.map(({ status, body }) => body.error_code ?? status);
interface Ceremony {
  challenge_id: string;
  options: never;
}
const toRegister = async (who: Person) =>
  (await server.post('/passkeys/registration/options', who.token)).body as unknown as Ceremony;
const register = (who: Person, challenge_id: string, credential: unknown) =>
  server.post('/passkeys/registration/verify', who.token, { challenge_id, credential });
const toSignIn = async () => (await server.post('/passkeys/authentication/options')).body as unknown as Ceremony;
const signIn = (challenge_id: string, credential: unknown) =>
  server.post('/passkeys/authentication/verify', undefined, { challenge_id, credential });
async function holder() {
  const who = await someone();
  const device = new SoftwareAuthenticator(ORIGIN);
  const { challenge_id, options } = await toRegister(who);
  const { status, body } = await register(who, challenge_id, device.create(options));
  expect(status).toBe(200);
  return { who, device, id: body.id };
}
async function attempt(device: SoftwareAuthenticator, wrong: Wrong = {}) {
  const { challenge_id, options } = await toSignIn();
  return signIn(challenge_id, device.get(options, wrong));
}

describe('passkeys (checklist W)', () => {
  it('sign in without a name, and tell of it', async () => {
    const { who, device } = await holder();
    const reply = await attempt(device);
    expect(reply.body.user).toMatchObject({ id: who.id });
    const events = await server.rows<{ type: string; data: object }>(
      'SELECT type, data FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
      who.id,
    );
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['passkey.created', 'passkey.used', 'session.created']),
    );
    expect(JSON.stringify(events)).not.toContain(device.id.toString('base64url'));
  });

  it('known fault: a credential registered twice is told as webauthn_credential_exists', async () => {
    const { device } = await holder();
    const other = await someone();
    const { challenge_id, options } = await toRegister(other);
    const reply = await register(other, challenge_id, device.create(options));
    expect([reply.status, reply.body.error_code]).toEqual([422, 'webauthn_credential_exists']);
  });

  it('a challenge counts once, also for many at the same time', async () => {
    const { device } = await holder();
    const { challenge_id, options } = await toSignIn();
    const assertion = device.get(options);
    const all = await Promise.all(Array.from({ length: 6 }, () => signIn(challenge_id, assertion)));
    expect(codesOf(all).sort()).toEqual([200, ...Array(5).fill('webauthn_challenge_not_found')]);
  });

  it('9868df61: the cap holds when passkeys are registered in parallel', async () => {
    const who = await someone();
    const started = await Promise.all(Array.from({ length: 6 }, () => toRegister(who)));
    const all = await Promise.all(
      started.map(({ challenge_id, options }) =>
        register(who, challenge_id, new SoftwareAuthenticator(ORIGIN).create(options)),
      ),
    );
    expect(codesOf(all).sort()).toEqual([...Array(3).fill(200), ...Array(3).fill('too_many_passkeys')]);
  });

  it.each<[string, Wrong]>([
    ['another origin', { origin: 'https://evil.test' }],
    ['an origin that only begins like ours', { origin: `${ORIGIN}.evil.test` }],
    ['another relying party', { rpId: 'evil.test' }],
    ['another ceremony', { type: 'webauthn.create' }],
    ['a foreign page around it', { topOrigin: 'https://evil.test' }],
    ['nobody present', { flags: 0x04 }],
    ['backup flags that changed', { flags: 0x0d }],
    ['another key', { signedBy: new SoftwareAuthenticator(ORIGIN) }],
    ['another challenge', { challenge: 'AAAA' }],
    ['nobody’s handle', { userHandle: Buffer.from('nobody').toString('base64url') }],
  ])('refuses an answer with %s', async (_, wrong) => {
    const { device } = await holder();
    expect(codesOf([await attempt(device, wrong)])).toEqual(['webauthn_verification_failed']);
  });

  it('refuses a counter that goes back', async () => {
    const { device } = await holder();
    expect((await attempt(device, { counter: 7 })).status).toBe(200);
    expect(codesOf([await attempt(device, { counter: 7 }), await attempt(device, { counter: 3 })])).toEqual(
      Array(2).fill('webauthn_verification_failed'),
    );
  });

  it('7e1c0603: a softly deleted user is refused', async () => {
    const { who, device } = await holder();
    await server.call('DELETE', `/admin/users/${who.id}`, server.admin(), { should_soft_delete: true });
    expect(codesOf([await attempt(device)])).toEqual(['webauthn_verification_failed']);
  });

  it('a banned user is refused', async () => {
    const { who, device } = await holder();
    await server.call('PUT', `/admin/users/${who.id}`, server.admin(), { ban_duration: '1h' });
    expect(codesOf([await attempt(device)])).toEqual(['user_banned']);
  });

  it('7e6f2e47: at aal1 with a factor none is added or removed', async () => {
    const { who, id } = await holder();
    await server.rows(
      `INSERT INTO auth.mfa_factors (id, user_id, factor_type, status, created_at, updated_at, secret)
       VALUES (gen_random_uuid(), $1, 'totp', 'verified', now(), now(), 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')`,
      who.id,
    );
    const replies = [
      await server.post('/passkeys/registration/options', who.token),
      await register(who, id, {}),
      await server.call('DELETE', `/passkeys/${id}`, who.token),
    ];
    expect(codesOf(replies)).toEqual(Array(3).fill('insufficient_aal'));
  });

  it('are renamed and removed by their owner', async () => {
    const { who, device, id } = await holder();
    const renamed = await server.call('PATCH', `/passkeys/${id}`, who.token, { friendly_name: 'Büro' });
    expect(renamed.body.friendly_name).toBe('Büro');
    expect((await server.call('DELETE', `/passkeys/${id}`, who.token)).status).toBe(204);
    expect(codesOf([await attempt(device)])).toEqual(['webauthn_verification_failed']);
  });

  it('cannot touch another user’s passkey', async () => {
    const [{ who, id }, intruder] = [await holder(), await someone()];
    const theirs = await toRegister(who);
    const replies = [
      await server.call('PATCH', `/passkeys/${id}`, intruder.token, { friendly_name: 'mine' }),
      await server.call('DELETE', `/passkeys/${id}`, intruder.token),
      await register(intruder, theirs.challenge_id, new SoftwareAuthenticator(ORIGIN).create(theirs.options)),
      await server.call('GET', `/admin/users/${who.id}/passkeys`, intruder.token),
      await server.call('DELETE', `/admin/users/${who.id}/passkeys/${id}`, intruder.token),
    ];
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 400, 403, 403]);
  });

  it.each([
    '',
    '[]',
    '{"challenge_id":7}',
    '{"challenge_id":"x","credential":{}}',
    '{"challenge_id":"3f8e1a52-7c0b-4d6e-9a1f-2b3c4d5e6f70","credential":"\\u0000"}',
    `{"credential":"${'x'.repeat(1 << 20)}"}`,
    `{"challenge_id":"3f8e1a52-7c0b-4d6e-9a1f-2b3c4d5e6f70","credential":${'['.repeat(9000)}${']'.repeat(9000)}}`,
  ])('hostile input gets a 400 (%#)', async (body) => {
    const who = await someone();
    expect((await server.post('/passkeys/authentication/verify', undefined, body)).status).toBe(400);
    expect((await server.post('/passkeys/registration/verify', who.token, body)).status).toBe(400);
  });
});
