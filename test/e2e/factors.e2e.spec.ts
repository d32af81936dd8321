import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SoftwareAuthenticator } from '@usher/testing/authenticator';
import { claimsOf, codeOf, ORIGIN, PASSWORD, Server, wrongCodeOf, type Person, type Reply } from './server.fixture.js';

interface Factor {
  id: string;
  secret: string;
}

let server: Server;
beforeAll(async () => {
  server = await Server.start({ GOTRUE_MFA_MAX_ENROLLED_FACTORS: '5' });
}, 60_000);
afterAll(() => server.stop());

let n = 0;
const someone = (): Promise<Person> => server.signUp(`person${++n}@example.com`);
const enrol = (who: Person, name: string, more: object = {}) =>
  server.post('/factors', who.token, { factor_type: 'totp', friendly_name: name, ...more });
const challenge = async (who: Person, id: string) => (await server.post(`/factors/${id}/challenge`, who.token)).body.id;
const verify = (who: Person, id: string, challenge_id: string, code: string) =>
  server.post(`/factors/${id}/verify`, who.token, { challenge_id, code });
const raised = (who: Person, { body, status }: Reply): Person => {
  expect(status).toBe(200);
  return { ...who, token: body.access_token, refreshToken: body.refresh_token };
};
async function totp(who: Person, name: string): Promise<Factor> {
  const { body } = await enrol(who, name);
  return { id: body.id, secret: (body.totp as { secret: string }).secret };
}
async function withTotp(who: Person, name = 'app'): Promise<{ factor: Factor; who: Person; code: string }> {
  const factor = await totp(who, name);
  const code = codeOf(factor.secret);
  return { factor, code, who: raised(who, await verify(who, factor.id, await challenge(who, factor.id), code)) };
}
interface Ceremony {
  id: string;
  webauthn: { type: string; credential_options: { publicKey: never } };
}
async function ceremony(who: Person, id: string) {
  const { body } = await server.post(`/factors/${id}/challenge`, who.token);
  const { webauthn } = body as unknown as Ceremony;
  return { challenge_id: body.id, type: webauthn.type, options: webauthn.credential_options.publicKey };
}
const answer = (who: Person, id: string, challenge_id: string, type: string, credential_response: unknown) =>
  server.post(`/factors/${id}/verify`, who.token, { challenge_id, webauthn: { type, credential_response } });
async function withKey(who: Person, name: string) {
  const { body } = await enrol(who, name, { factor_type: 'webauthn' });
  const device = new SoftwareAuthenticator(ORIGIN);
  const { challenge_id, type, options } = await ceremony(who, body.id);
  return {
    id: body.id,
    device,
    who: raised(who, await answer(who, body.id, challenge_id, type, device.create(options))),
  };
}
const eventsOf = async (who: Person): Promise<string[]> =>
  (
    await server.rows<{ type: string }>(
      'SELECT type FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
      who.id,
    )
  ).map(({ type }) => type);
const codesOf = (replies: Reply[]) => replies.map(({ status, body }) => body.error_code ?? status);

describe('known faults of the reference, second factors', () => {
  it('one challenge with one code, six in parallel: one succeeds (checklist M3)', async () => {
    const who = await someone();
    const factor = await totp(who, 'app');
    const id = await challenge(who, factor.id);
    const code = codeOf(factor.secret);
    const all = await Promise.all(Array.from({ length: 6 }, () => verify(who, factor.id, id, code)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(all.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it('the same TOTP code with a new challenge is refused (checklist M2)', async () => {
    const { factor, who, code } = await withTotp(await someone());
    const again = await verify(who, factor.id, await challenge(who, factor.id), code);
    expect(again.body.error_code).toBe('mfa_verification_failed');
    const next = await verify(who, factor.id, await challenge(who, factor.id), codeOf(factor.secret, 1));
    expect(next.status).toBe(200);
  });

  it('six challenges of one factor in parallel all work', async () => {
    const who = await someone();
    const factor = await totp(who, 'app');
    const all = await Promise.all(
      Array.from({ length: 6 }, () => server.post(`/factors/${factor.id}/challenge`, who.token)),
    );
    expect(all.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(6);
  });

  it('the cap on factors holds in parallel, and so does a name (checklist M6)', async () => {
    const who = await someone();
    const all = await Promise.all(Array.from({ length: 9 }, (_, i) => enrol(who, `factor ${i}`)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(codesOf(all).filter((code) => code === 'too_many_enrolled_mfa_factors')).toHaveLength(4);
    const other = await someone();
    const same = await Promise.all(Array.from({ length: 5 }, () => enrol(other, 'the same')));
    expect(codesOf(same).sort()).toEqual([200, ...Array(4).fill('mfa_factor_name_conflict')]);
  });

  it('a planted unverified factor cannot be verified at aal1 when another is verified', async () => {
    const owner = await someone();
    const planted = await totp(owner, 'planted');
    const key = await withKey(owner, 'key');
    const intruder = await server.signIn(owner);
    const id = await challenge(intruder, planted.id);
    const refused = await verify(intruder, planted.id, id, codeOf(planted.secret));
    expect([refused.status, refused.body.error_code]).toEqual([403, 'insufficient_aal']);
    const mine = await verify(key.who, planted.id, await challenge(key.who, planted.id), codeOf(planted.secret));
    expect(mine.status).toBe(200);
  });

  it('a WebAuthn challenge of factor A is not satisfied by the key of factor B', async () => {
    const a = await withKey(await someone(), 'a');
    const b = await withKey(a.who, 'b');
    const later = await server.signIn(a.who);
    const first = await ceremony(later, a.id);
    const refused = await answer(later, a.id, first.challenge_id, first.type, b.device.get(first.options));
    expect([refused.status, refused.body.error_code]).toEqual([422, 'mfa_verification_failed']);
    const second = await ceremony(later, a.id);
    const right = await answer(later, a.id, second.challenge_id, second.type, a.device.get(second.options));
    expect(right.status).toBe(200);
  });

  it.each([true, false])(
    'after removing one of two factors session aal, token aal and amr agree (the last one: %s)',
    async (last) => {
      const first = await withTotp(await someone());
      const key = await withKey(first.who, 'key');
      await server.call('DELETE', `/factors/${last ? key.id : first.factor.id}`, key.who.token);
      const refreshed = await server.post('/token?grant_type=refresh_token', undefined, {
        refresh_token: key.who.refreshToken,
      });
      const claims = claimsOf(refreshed.body.access_token);
      const [session] = await server.rows<{ aal: string; factor_id: string; methods: string[] }>(
        `SELECT aal, factor_id, ARRAY(SELECT authentication_method FROM auth.mfa_amr_claims WHERE session_id = s.id ORDER BY 1) AS methods
         FROM auth.sessions s WHERE id = $1`,
        claims.session_id,
      );
      const left = last ? 'totp' : 'mfa/webauthn';
      expect(session).toEqual({
        aal: 'aal2',
        factor_id: last ? first.factor.id : key.id,
        methods: [left, 'password'].sort(),
      });
      expect(claims.aal).toBe('aal2');
      expect(claims.amr.map(({ method }) => method).sort()).toEqual([left, 'password'].sort());
      await server.call('DELETE', `/factors/${last ? first.factor.id : key.id}`, refreshed.body.access_token);
      const low = await server.post('/token?grant_type=refresh_token', undefined, {
        refresh_token: refreshed.body.refresh_token,
      });
      expect(claimsOf(low.body.access_token)).toMatchObject({ aal: 'aal1', amr: [{ method: 'password' }] });
    },
  );

  it('wrong WebAuthn answers, NUL, long issuers and tokens without a session get a 4xx', async () => {
    const who = await someone();
    const { body } = await enrol(who, 'key', { factor_type: 'webauthn' });
    const device = new SoftwareAuthenticator(ORIGIN);
    const wrongs = [{ origin: 'https://evil.test' }, { rpId: 'evil.test' }, { type: 'webauthn.get' }, { flags: 0x44 }];
    for (const wrong of wrongs) {
      const { challenge_id, type, options } = await ceremony(who, body.id);
      const reply = await answer(who, body.id, challenge_id, type, device.create(options, wrong));
      expect(codesOf([reply])).toEqual(['mfa_verification_failed']);
    }
    expect((await enrol(who, 'a\0b')).status).toBe(400);
    expect((await enrol(who, 'long', { issuer: 'x'.repeat(3000) })).status).toBe(400);
    const bare = server.token({ sub: who.id, role: 'authenticated', aud: 'authenticated', exp: 4e9 });
    expect((await server.post('/factors', bare, { factor_type: 'totp' })).body.error_code).toBe('session_not_found');
  });

  it('an app can be enrolled without an e-mail address', async () => {
    const who = await someone();
    await server.rows('UPDATE auth.users SET email = null WHERE id = $1', who.id);
    expect((await enrol(who, 'app')).status).toBe(200);
  });

  it('the family of a revoked refresh token is not revived by a factor (checklist 87480005)', async () => {
    const who = await someone();
    const factor = await totp(who, 'app');
    const id = await challenge(who, factor.id);
    await server.rows('UPDATE auth.refresh_tokens SET revoked = true WHERE user_id = $1', who.id);
    const reply = await verify(who, factor.id, id, codeOf(factor.secret));
    expect([reply.status, reply.body.error_code]).toEqual([403, 'session_not_found']);
    const [row] = await server.rows('SELECT status FROM auth.mfa_factors WHERE id = $1', factor.id);
    expect(row).toEqual({ status: 'unverified' });
  });
});

describe('checks of second factors', () => {
  it('M1, M7: guesses are counted for the account, whatever challenge or session they come by', async () => {
    const who = await someone();
    const factor = await totp(who, 'app');
    const [one, two] = await Promise.all([server.signIn(who), server.signIn(who)]);
    const guess = async (by: Person) =>
      verify(by, factor.id, await challenge(by, factor.id), wrongCodeOf(factor.secret));
    const all = await Promise.all(Array.from({ length: 40 }, (_, i) => guess(i % 2 ? one : two)));
    const codes = codesOf(all);
    const judged = codes.filter((code) => code === 'mfa_verification_failed').length;
    expect(judged).toBeLessThanOrEqual(21);
    expect(codes.filter((code) => code === 'over_request_rate_limit')).toHaveLength(40 - judged);
    // M9: also for a challenge from before. M8: the wait ends.
    expect(codesOf([await guess(who)])).toEqual(['over_request_rate_limit']);
    await server.rows(
      "UPDATE auth_events.factor_attempts SET blocked_until = now() - interval '1 second' WHERE user_id = $1",
      who.id,
    );
    const right = await verify(who, factor.id, await challenge(who, factor.id), codeOf(factor.secret));
    expect(right.status).toBe(200);
    expect(await server.rows('SELECT * FROM auth_events.factor_attempts WHERE user_id = $1', who.id)).toEqual([]);
  });

  it('M4: challenges of another factor, another user, or used before are refused', async () => {
    const [who, other] = [await someone(), await someone()];
    const [mine, second, theirs] = [await totp(who, 'a'), await totp(who, 'b'), await totp(other, 'c')];
    const code = codeOf(mine.secret);
    for (const id of [await challenge(who, second.id), await challenge(other, theirs.id)])
      expect(codesOf([await verify(who, mine.id, id, code)])).toEqual(['mfa_factor_not_found']);
    const id = await challenge(who, mine.id);
    const high = raised(who, await verify(who, mine.id, id, code));
    expect(codesOf([await verify(high, mine.id, id, codeOf(mine.secret, 1))])).toEqual(['mfa_ip_address_mismatch']);
  });

  it('M5: at aal1 with a verified factor nothing sensitive is allowed', async () => {
    const { factor, who } = await withTotp(await someone());
    const low = await server.signIn(who);
    const replies = await Promise.all([
      enrol(low, 'another'),
      server.call('DELETE', `/factors/${factor.id}`, low.token),
      server.post('/passkeys/registration/options', low.token),
      server.call('DELETE', `/passkeys/${factor.id}`, low.token),
      server.call('PUT', '/user', low.token, { password: 'another password 1' }),
      server.call('PUT', '/user', low.token, { email: 'elsewhere@example.com' }),
      server.post('/factors/recovery-codes', low.token),
    ]);
    expect(codesOf(replies)).toEqual(Array(replies.length).fill('insufficient_aal'));
  });

  it('M6: an unverified factor neither grants nor demands aal2, and is cleaned up', async () => {
    const who = await someone();
    const factor = await totp(who, 'forgotten');
    expect((await server.call('PUT', '/user', who.token, { password: `${PASSWORD} 2` })).status).toBe(200);
    await server.rows("UPDATE auth.mfa_factors SET created_at = now() - interval '1 hour' WHERE id = $1", factor.id);
    await enrol(await someone(), 'of somebody else');
    expect(await server.rows('SELECT id FROM auth.mfa_factors WHERE id = $1', factor.id)).toEqual([]);
    expect(await eventsOf(who)).toContain('factor.removed');
  });

  it('M10: the secret is shown once, and is in no event', async () => {
    const { factor, who } = await withTotp(await someone());
    const shown = await server.call('GET', '/user', who.token);
    expect(JSON.stringify(shown.body)).not.toContain(factor.secret);
    expect(factor.secret).toMatch(/^[A-Z2-7]{32}$/);
    const events = await server.rows('SELECT data FROM auth_events.outbox WHERE subject_id = $1', who.id);
    expect(JSON.stringify(events)).not.toContain(factor.secret);
  });

  it('4d1d6606: aal2 does not survive the deletion of a factor by an administrator', async () => {
    const { factor, who } = await withTotp(await someone());
    await server.call('DELETE', `/admin/users/${who.id}/factors/${factor.id}`, server.admin());
    const { body } = await server.post('/token?grant_type=refresh_token', undefined, {
      refresh_token: who.refreshToken,
    });
    expect(claimsOf(body.access_token)).toMatchObject({ aal: 'aal1', amr: [{ method: 'password' }] });
  });

  it('every write has its event', async () => {
    const { factor, who } = await withTotp(await someone());
    await verify(who, factor.id, await challenge(who, factor.id), wrongCodeOf(factor.secret));
    await server.call('PUT', `/admin/users/${who.id}/factors/${factor.id}`, server.admin(), { friendly_name: 'x' });
    await server.call('DELETE', `/factors/${factor.id}`, who.token);
    expect((await eventsOf(who)).filter((type) => /^(factor\.|session\.(up|down))/.test(type))).toEqual([
      ...['factor.enrolled', 'factor.challenged', 'factor.verified', 'session.upgraded', 'factor.challenged'],
      ...['factor.challenge_failed', 'factor.updated', 'factor.removed', 'session.downgraded'],
    ]);
  });

  it('cannot touch another user’s factor', async () => {
    const [intruder, { factor, who }] = [await someone(), await withTotp(await someone())];
    const id = await challenge(who, factor.id);
    const replies = [
      await server.post(`/factors/${factor.id}/challenge`, intruder.token),
      await verify(intruder, factor.id, id, codeOf(factor.secret, 1)),
      await server.call('DELETE', `/factors/${factor.id}`, intruder.token),
    ];
    expect(codesOf(replies)).toEqual(Array(3).fill('mfa_factor_not_found'));
    const admin = await server.call('DELETE', `/admin/users/${who.id}/factors/${factor.id}`, intruder.token);
    expect(admin.body.error_code).toBe('not_admin');
  });

  it.each([
    ['/factors', '{"factor_type":"totp"'],
    ['/factors', '{"factor_type":["totp"]}'],
    ['/factors', '{"factor_type":"TOTP","friendly_name":"__proto__"}'],
    ['/factors', `{"factor_type":"totp","issuer":"${'&'.repeat(4000)}"}`],
    ['/factors', `{"factor_type":"phone","phone":"${'9'.repeat(4000)}"}`],
    ['/factors/x/verify', '{}'],
    ['/factors/x/challenge', '{}'],
    ['/factors', `{"factor_type":"totp","friendly_name":"${'x'.repeat(1 << 20)}"}`],
  ])('hostile input to %s gets a 4xx (%#)', async (path, body) => {
    const { status } = await server.post(path, (await someone()).token, body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it.each([
    ['a bomb of nested CBOR', Buffer.alloc(40_000, 0x81)],
    ['garbage', Buffer.from('garbage')],
    ['a megabyte', Buffer.alloc(700_000, 0xa3)],
  ])('an attestation that is %s is refused', async (_, attestationObject) => {
    const who = await someone();
    const { body } = await enrol(who, 'key', { factor_type: 'webauthn' });
    const { challenge_id, type, options } = await ceremony(who, body.id);
    const credential = new SoftwareAuthenticator(ORIGIN).create(options, { attestationObject });
    const reply = await answer(who, body.id, challenge_id, type, credential);
    expect(codesOf([reply])).toEqual(['validation_failed']);
  });
});

describe('recovery codes', () => {
  it('are shown once, count once, and raise the session of who has lost the factor', async () => {
    const { factor, who } = await withTotp(await someone());
    const { body } = await server.post('/factors/recovery-codes', who.token);
    const codes = body.codes as string[];
    expect(new Set(codes).size).toBe(10);
    const stored = await server.rows(
      'SELECT encode(digest, $2) AS d FROM auth_events.recovery_codes WHERE user_id = $1',
      who.id,
      'escape',
    );
    expect(JSON.stringify(stored)).not.toContain(codes[0]);
    expect(codesOf([await server.post('/factors/recovery-codes', who.token)])).toEqual(['mfa_verified_factor_exists']);
    const low = await server.signIn(who);
    const use = (code: string) => server.post('/factors/recovery-codes/verify', low.token, { code });
    expect(codesOf([await use('aaaa-aaaa-aaaa-aaaa'), await use('')])).toEqual([
      'mfa_verification_failed',
      'mfa_verification_failed',
    ]);
    const all = await Promise.all(
      Array.from({ length: 6 }, () => use(codes[0]!.toUpperCase().replace(/(.{4})/g, '$1-'))),
    );
    expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
    const high = raised(
      low,
      all.find(({ status }) => status === 200)!,
    );
    expect(claimsOf(high.token)).toMatchObject({ aal: 'aal2' });
    expect((await server.call('GET', '/factors/recovery-codes', high.token)).body).toMatchObject({
      total: 10,
      remaining: 9,
    });
    expect((await server.call('DELETE', `/factors/${factor.id}`, high.token)).status).toBe(200);
    expect((await server.call('GET', '/factors/recovery-codes', high.token)).status).toBe(404);
    const after = await server.post('/token?grant_type=refresh_token', undefined, { refresh_token: high.refreshToken });
    expect(claimsOf(after.body.access_token).aal).toBe('aal1');
    expect(await eventsOf(who)).toEqual(
      expect.arrayContaining(['recovery_codes.generated', 'recovery_codes.used', 'recovery_codes.removed']),
    );
  });

  it('cannot be used by another user, nor generated without a factor', async () => {
    const { who } = await withTotp(await someone());
    const { body } = await server.post('/factors/recovery-codes', who.token);
    const intruder = await someone();
    const replies = [
      await server.post('/factors/recovery-codes/verify', intruder.token, { code: (body.codes as string[])[0] }),
      await server.post('/factors/recovery-codes', intruder.token),
    ];
    expect(codesOf(replies)).toEqual(['mfa_verification_failed', 'mfa_recovery_codes_sole_factor']);
  });
});
