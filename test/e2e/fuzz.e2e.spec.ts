import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Server } from './server.fixture.js';

/** Requests of a run; the seed is printed when one fails, and repeats it. */
const RUNS = 1_500;
const AT_ONCE = 6;

/** The paths that the reference publishes in its OpenAPI document, with the members that their bodies know. */
const OPERATIONS: readonly [method: string, path: string, members: readonly string[]][] = [
  ['GET', '/health', []],
  ['GET', '/settings', []],
  ['GET', '/.well-known/jwks.json', []],
  ['GET', '/.well-known/openid-configuration', []],
  ['POST', '/signup', ['email', 'phone', 'password', 'data', 'channel', 'code_challenge', 'code_challenge_method']],
  ['POST', '/token?grant_type=password', ['email', 'phone', 'password', 'gotrue_meta_security']],
  ['POST', '/token?grant_type=refresh_token', ['refresh_token']],
  ['POST', '/token?grant_type=id_token', ['id_token', 'access_token', 'nonce', 'provider', 'client_id', 'issuer']],
  ['POST', '/token?grant_type=pkce', ['auth_code', 'code_verifier']],
  ['POST', '/token?grant_type=web3', ['message', 'signature', 'chain']],
  ['POST', '/verify', ['type', 'token', 'token_hash', 'email', 'phone', 'redirect_to']],
  ['GET', '/verify?token={x}&type={x}&redirect_to={x}', []],
  ['POST', '/recover', ['email', 'code_challenge', 'code_challenge_method']],
  ['POST', '/resend', ['type', 'email', 'phone']],
  ['POST', '/magiclink', ['email', 'data', 'code_challenge', 'code_challenge_method']],
  ['POST', '/otp', ['email', 'phone', 'channel', 'create_user', 'data', 'code_challenge', 'code_challenge_method']],
  ['GET', '/user', []],
  ['PUT', '/user', ['email', 'phone', 'password', 'nonce', 'current_password', 'data', 'app_metadata', 'channel']],
  ['GET', '/reauthenticate', []],
  ['POST', '/logout?scope={x}', []],
  ['GET', '/authorize?provider={x}&redirect_to={x}&scopes={x}', []],
  ['GET', '/callback?state={x}&code={x}&error={x}', []],
  ['GET', '/user/identities/authorize?provider={x}', []],
  ['DELETE', '/user/identities/{x}', []],
  ['POST', '/factors', ['factor_type', 'friendly_name', 'issuer', 'phone']],
  ['POST', '/factors/{x}/challenge', ['channel']],
  ['POST', '/factors/{x}/verify', ['challenge_id', 'code']],
  ['DELETE', '/factors/{x}', []],
  ['POST', '/invite', ['email', 'data']],
  ['POST', '/admin/generate_link', ['type', 'email', 'new_email', 'password', 'data', 'redirect_to']],
  ['GET', '/admin/users?page={x}&per_page={x}&filter={x}&sort={x}', []],
  [
    'POST',
    '/admin/users',
    ['email', 'phone', 'password', 'password_hash', 'email_confirm', 'role', 'ban_duration', 'user_metadata', 'id'],
  ],
  ['GET', '/admin/users/{x}', []],
  ['PUT', '/admin/users/{x}', ['email', 'phone', 'password', 'ban_duration', 'app_metadata', 'user_metadata', 'role']],
  ['DELETE', '/admin/users/{x}', ['should_soft_delete']],
  ['GET', '/admin/users/{x}/factors', []],
  ['GET', '/admin/audit?page={x}&per_page={x}&query={x}', []],
  ['GET', '/admin/sso/providers', []],
  ['POST', '/admin/sso/providers', ['type', 'metadata_url', 'metadata_xml', 'domains', 'attribute_mapping']],
  ['POST', '/sso', ['provider_id', 'domain', 'redirect_to', 'skip_http_redirect']],
  ['GET', '/sso/saml/metadata', []],
  ['POST', '/sso/saml/acs', ['SAMLResponse', 'RelayState']],
  ['GET', '/events?after={x}&limit={x}', []],
];

const HOSTILE = [
  ...[
    '',
    ' ',
    '\u0000',
    '\ud800',
    "'; drop table auth.users; --",
    '%00',
    '../../etc/passwd',
    '${jndi:ldap://x}',
    'null',
  ],
  ...['a@b', 'ada@example.com', 'x'.repeat(300) + '@example.com', '+15555550100', '15555550100', '9'.repeat(40)],
  ...['https://evil.example', 'javascript:alert(1)', '-1', '0', '1e309', '9223372036854775808', 'pkce_', 'signup'],
  ...['recovery', 'email_change', 'sms', 'totp', 's256', 'plain', 'email', 'global', 'google', 'solana', randomUUID()],
];
const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 80 }));
const value = fc.oneof(
  { arbitrary: text, weight: 6 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }), weight: 2 },
  { arbitrary: fc.constantFrom(null, true, [], {}, -1, 2 ** 53, { '\u0000': '\u0000' }, ['\u0000']), weight: 2 },
);
const who = fc.constantFrom('nobody', 'user', 'admin', 'garbage');

const request = fc.constantFrom(...OPERATIONS).chain(([method, path, members]) =>
  fc.record({
    method: fc.constant(method),
    path: fc
      .array(text, { minLength: 5, maxLength: 5 })
      .map((values) => values.reduce((p, v) => p.replace('{x}', () => encodeURIComponent(v.toWellFormed())), path)),
    body: members.length
      ? fc.oneof(
          { arbitrary: fc.dictionary(fc.constantFrom(...members), value).map((v) => JSON.stringify(v)), weight: 8 },
          { arbitrary: fc.json(), weight: 1 },
          { arbitrary: text, weight: 1 },
        )
      : fc.constant(undefined),
    type: fc.constantFrom('application/json', 'application/json', 'application/x-www-form-urlencoded', 'text/plain'),
    version: fc.constantFrom('', '2024-01-01'),
    who,
  }),
);

let server: Server;
let bearers: Record<string, string | undefined>;
beforeAll(async () => {
  server = await Server.start({
    ...{
      GOTRUE_EXTERNAL_PHONE_ENABLED: 'true',
      GOTRUE_SMS_AUTOCONFIRM: 'true',
      GOTRUE_SMS_TEST_OTP: '15555550100:123456',
    },
    ...{ GOTRUE_EXTERNAL_WEB3_SOLANA_ENABLED: 'true', GOTRUE_EXTERNAL_WEB3_ETHEREUM_ENABLED: 'true' },
    ...{ GOTRUE_MFA_PHONE_ENROLL_ENABLED: 'true', GOTRUE_MFA_PHONE_VERIFY_ENABLED: 'true' },
    ...{
      GOTRUE_EXTERNAL_GOOGLE_ENABLED: 'true',
      GOTRUE_EXTERNAL_GOOGLE_CLIENT_ID: 'x',
      GOTRUE_EXTERNAL_GOOGLE_SECRET: 'x',
    },
    ...{ GOTRUE_EXTERNAL_GOOGLE_REDIRECT_URI: 'http://localhost/callback', GOTRUE_OAUTH_SERVER_ENABLED: 'true' },
  });
  const person = await server.signUp('fuzz@example.com');
  bearers = { user: person.token, admin: server.admin(), garbage: 'eyJhbGciOiJub25lIn0.e30.', nobody: undefined };
});
afterAll(() => server.stop());

it('no request of any shape makes the server fail', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (requests) => {
      const answers = await Promise.all(
        requests.map(async ({ method, path, body, type, version, who: as }) => {
          const bearer = bearers[as];
          const answer = await fetch(server.url + path, {
            ...{ method, body, redirect: 'manual' },
            headers: {
              ...(body === undefined ? {} : { 'content-type': type }),
              ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
              ...(version ? { 'x-supabase-api-version': version } : {}),
            },
          });
          return { status: answer.status, text: await answer.text(), asked: { method, path, body, as } };
        }),
      );
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      expect(answers.filter(({ text: shown }) => /SQLSTATE|node_modules|at \w+ \(/.test(shown))).toEqual([]);
    }),
    { numRuns: RUNS / AT_ONCE, interruptAfterTimeLimit: 60_000 },
  );
}, 90_000);
