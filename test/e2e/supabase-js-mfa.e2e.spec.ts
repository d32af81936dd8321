import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { AuthClient } from '@supabase/supabase-js';
import { codeOf, PASSWORD, Server } from './server.fixture.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
}, 60_000);
afterAll(() => server.stop());

const client = () =>
  new AuthClient({
    ...{ url: server.url, persistSession: false, autoRefreshToken: false },
    experimental: { recoveryCodes: true },
  });

it('supabase-js enrols, challenges, verifies, lists and unenrols a factor', async () => {
  const auth = client();
  await auth.signUp({ email: 'mfa@example.com', password: PASSWORD });
  const { mfa } = auth;
  expect((await mfa.getAuthenticatorAssuranceLevel()).data).toMatchObject({ currentLevel: 'aal1', nextLevel: 'aal1' });

  const enrolled = await mfa.enroll({ factorType: 'totp', friendlyName: 'app' });
  expect(enrolled.error).toBeNull();
  const { id, totp } = enrolled.data as { id: string; totp: { secret: string; qr_code: string; uri: string } };
  expect(totp.qr_code).toMatch(/^data:image\/svg\+xml;utf-8,/);
  expect(totp.uri).toMatch(/^otpauth:\/\/totp\//);

  const challenge = await mfa.challenge({ factorId: id });
  const wrong = await mfa.verify({ factorId: id, challengeId: challenge.data?.id ?? '', code: 'abcdef' });
  expect(wrong.error?.code).toBe('mfa_verification_failed');
  const right = await mfa.verify({ factorId: id, challengeId: challenge.data?.id ?? '', code: codeOf(totp.secret) });
  expect(right.error).toBeNull();
  expect((await mfa.getAuthenticatorAssuranceLevel()).data).toMatchObject({ currentLevel: 'aal2', nextLevel: 'aal2' });
  expect((await mfa.listFactors()).data?.totp.map((factor) => factor.id)).toEqual([id]);

  const elsewhere = client();
  await elsewhere.signInWithPassword({ email: 'mfa@example.com', password: PASSWORD });
  expect((await elsewhere.mfa.getAuthenticatorAssuranceLevel()).data).toMatchObject({
    ...{ currentLevel: 'aal1', nextLevel: 'aal2' },
  });
  const code = codeOf(totp.secret, 1);
  expect((await elsewhere.mfa.challengeAndVerify({ factorId: id, code })).error).toBeNull();
  expect((await elsewhere.refreshSession()).error).toBeNull();

  const listed = await new AuthClient({
    ...{ url: server.url, persistSession: false, headers: { Authorization: `Bearer ${server.admin()}` } },
  }).admin.mfa.listFactors({ userId: right.data?.user.id ?? '' });
  expect(listed.data?.factors.map((factor) => factor.id)).toEqual([id]);

  const { recoveryCodes } = elsewhere.mfa;
  const codes = (await recoveryCodes.generate({ friendlyName: 'paper' })).data?.codes ?? [];
  expect((await recoveryCodes.verify({ code: codes[3] ?? '' })).error).toBeNull();
  expect((await recoveryCodes.getStatus()).data).toMatchObject({ type: 'recovery_code', total: 10, remaining: 9 });
  expect((await recoveryCodes.regenerate()).data?.codes).not.toContain(codes[0]);
  expect((await recoveryCodes.verify({ code: codes[0] ?? '' })).error?.code).toBe('mfa_verification_failed');
  expect((await recoveryCodes.unenroll()).error).toBeNull();

  expect((await elsewhere.mfa.unenroll({ factorId: id })).error).toBeNull();
  await elsewhere.refreshSession();
  expect((await elsewhere.mfa.getAuthenticatorAssuranceLevel()).data).toMatchObject({ currentLevel: 'aal1' });
});
