import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findOAuthFlow, receiveOAuthAnswer, startOAuth } from '@usher/contracts/identity-providers/oauth.contract';
import type { JsonObject } from '@usher/contracts/user-object';
import { startHttpSink, type HttpSink } from '@usher/testing/http-sink';
import {
  CONTEXT,
  providerAt,
  startIdentityProviders,
  type IdentityProvidersFixture,
} from './identity-providers.fixture.js';
import { createIssuer, type TestIssuer } from './issuer.fixture.js';

/** What each provider answers at which path, in its real shape, and who that is. */
interface Case {
  api?: Record<string, unknown>;
  /** Claims of the ID token that comes with the access token. */
  idToken?: JsonObject;
  token?: JsonObject;
  subject: string;
  emails: [string, boolean][];
  callback?: [string, string][];
  claims?: JsonObject;
}

const MAIL = 'ada@example.com';
const APPLE = 'https://appleid.apple.com';
const GOOGLE = 'https://accounts.google.com';
const TENANT = 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0';

const CASES: Record<string, Case> = {
  apple: {
    idToken: { iss: APPLE, aud: 'apple-client', sub: '001.abc', email: MAIL, is_private_email: 'true' },
    callback: [
      ['user', JSON.stringify({ name: { firstName: 'Ada', lastName: 'Lovelace' }, email: 'other@example.com' })],
    ],
    ...{ subject: '001.abc', emails: [[MAIL, true]] },
    claims: { full_name: 'Ada Lovelace', custom_claims: { is_private_email: true } },
  },
  google: {
    idToken: {
      iss: GOOGLE,
      aud: 'google-client',
      sub: '117',
      email: MAIL,
      email_verified: true,
      name: 'Ada',
      hd: 'example.com',
    },
    ...{ subject: '117', emails: [[MAIL, true]], claims: { full_name: 'Ada', custom_claims: { hd: 'example.com' } } },
  },
  azure: {
    idToken: { iss: TENANT, aud: 'azure-client', sub: 'az', email: MAIL, xms_edov: '1', name: 'Ada', tid: '9188' },
    ...{
      subject: 'az',
      emails: [[MAIL, true]],
      claims: { custom_claims: { email: MAIL, xms_edov: '1', tid: '9188' } },
    },
  },
  linkedin_oidc: {
    idToken: {
      iss: 'https://www.linkedin.com/oauth',
      aud: 'linkedin_oidc-client',
      sub: 'li',
      email: MAIL,
      email_verified: 'true',
      given_name: 'Ada',
      family_name: 'L',
    },
    ...{ subject: 'li', emails: [[MAIL, true]], claims: { name: 'Ada L' } },
  },
  vercel_marketplace: {
    idToken: {
      iss: 'https://marketplace.vercel.com',
      aud: 'vercel_marketplace-client',
      sub: 's',
      global_user_id: 'g',
      user_email: MAIL,
      user_name: 'Ada',
    },
    ...{ subject: 'global_user_id:g', emails: [[MAIL, true]] },
  },
  bitbucket: {
    api: {
      '/2.0/user': { uuid: '{b}', display_name: 'Ada', links: { avatar: { href: 'x' } } },
      '/2.0/user/emails': { values: [{ email: MAIL, is_primary: true, is_confirmed: false }], pagelen: 10 },
    },
    ...{ subject: '{b}', emails: [[MAIL, false]] },
  },
  discord: {
    api: {
      '/api/users/@me': { id: '80', username: 'ada', discriminator: '7', avatar: null, email: MAIL, verified: true },
    },
    ...{
      subject: '80',
      emails: [[MAIL, true]],
      claims: { avatar_url: 'https://cdn.discordapp.com/embed/avatars/2.png' },
    },
  },
  facebook: {
    api: { '/me': { id: '4', email: MAIL, first_name: 'Ada', last_name: 'L', name: 'A L' } },
    subject: '4',
    emails: [[MAIL, true]],
  },
  figma: {
    api: { '/v1/me': { id: '9', email: MAIL, handle: 'ada', img_url: 'x' } },
    subject: '9',
    emails: [[MAIL, true]],
  },
  fly: {
    api: { '/oauth/token/info': { user_id: 'u', user_name: 'Ada', email: MAIL, organizations: [] } },
    subject: 'u',
    emails: [[MAIL, true]],
  },
  github: {
    api: {
      '/api/v3/user': { id: 583231, login: 'octocat', name: 'Octo', email: null },
      '/api/v3/user/emails': [
        { email: 'x@example.com', primary: false, verified: false, visibility: null },
        { email: MAIL, primary: true, verified: true, visibility: 'public' },
      ],
    },
    ...{
      subject: '583231',
      emails: [
        ['x@example.com', false],
        [MAIL, true],
      ],
      claims: { user_name: 'octocat', email: MAIL },
    },
  },
  gitlab: {
    api: { '/api/v4/user': { id: 1, name: 'Ada', email: MAIL, confirmed_at: null }, '/api/v4/user/emails': [] },
    ...{ subject: '1', emails: [[MAIL, false]] },
  },
  kakao: {
    api: {
      '/v2/user/me': {
        id: 123,
        kakao_account: { email: MAIL, is_email_valid: true, is_email_verified: false, profile: { nickname: 'Ada' } },
      },
    },
    ...{ subject: '123', emails: [[MAIL, false]], claims: { user_name: 'Ada' } },
  },
  keycloak: {
    api: {
      '/protocol/openid-connect/userinfo': { sub: 'kc', email: MAIL, email_verified: true, preferred_username: 'ada' },
    },
    ...{ subject: 'kc', emails: [[MAIL, true]], claims: { custom_claims: { preferred_username: 'ada' } } },
  },
  linkedin: {
    api: {
      '/v2/me': {
        id: 'l',
        firstName: { localized: { en_US: 'Ada' }, preferredLocale: { language: 'en', country: 'US' } },
        lastName: { localized: { en_US: 'L' }, preferredLocale: { language: 'en', country: 'US' } },
      },
      '/v2/emailAddress': { elements: [] },
    },
    ...{ subject: 'l', emails: [], claims: { name: 'Ada L' } },
  },
  notion: {
    api: {
      '/v1/users/me': {
        bot: { owner: { type: 'user', user: { id: 'n', name: 'Ada', avatar_url: null, person: { email: MAIL } } } },
      },
    },
    ...{ subject: 'n', emails: [[MAIL, true]] },
  },
  slack: {
    api: {
      '/api/openid.connect.userInfo': {
        'https://slack.com/user_id': 'U1',
        'https://slack.com/team_id': 'T',
        email: MAIL,
      },
    },
    subject: 'U1',
    emails: [[MAIL, true]],
  },
  slack_oidc: {
    api: {
      '/api/openid.connect.userInfo': {
        'https://slack.com/user_id': 'U1',
        'https://slack.com/team_id': 'T',
        email: MAIL,
        email_verified: false,
      },
    },
    subject: 'U1',
    emails: [[MAIL, false]],
  },
  snapchat: {
    api: {
      '/v1/me': {
        data: { me: { externalId: 'sn', displayName: 'Ada', bitmoji: { avatar: 'a', id: 'b' } } },
        errors: [],
      },
    },
    subject: 'sn',
    emails: [],
  },
  spotify: {
    api: { '/me': { id: 'sp', display_name: 'Ada', email: MAIL, images: [] } },
    subject: 'sp',
    emails: [[MAIL, false]],
  },
  twitch: {
    api: { '/helix/users': { data: [{ id: 'tw', login: 'ada', display_name: 'Ada', email: MAIL, view_count: 3 }] } },
    subject: 'tw',
    emails: [[MAIL, true]],
  },
  workos: {
    token: {
      profile: { id: 'wo', email: MAIL, first_name: 'Ada', last_name: 'L', connection_id: 'c', organization_id: 'o' },
    },
    subject: 'wo',
    emails: [[MAIL, true]],
  },
  x: {
    api: { '/2/users/me': { data: { id: 'xx', name: 'Ada', username: 'ada', confirmed_email: MAIL } } },
    subject: 'xx',
    emails: [[MAIL, true]],
    claims: { profile: 'https://x.com/ada' },
  },
  zoom: {
    api: { '/v2/users/me': { id: 'z', first_name: 'Ada', email: MAIL, verified: 0, login_type: 100 } },
    subject: 'z',
    emails: [[MAIL, false]],
  },
};

let sink: HttpSink;
let issuer: TestIssuer;
let fixture: IdentityProvidersFixture;

beforeAll(async () => {
  [sink, issuer] = await Promise.all([startHttpSink(), createIssuer()]);
  const issuers = [APPLE, GOOGLE, TENANT, 'https://www.linkedin.com/oauth', 'https://marketplace.vercel.com'];
  const urls = issuers.map((name) => `${name}=${sink.url}/issuer?of=${encodeURIComponent(name)}`);
  const homes = Object.keys(CASES).map((name) =>
    providerAt(name, name === 'azure' ? `${sink.url}/azure/common` : `${sink.url}/${name}`),
  );
  fixture = await startIdentityProviders({
    ...Object.assign({}, ...homes),
    USHER_OIDC_DISCOVERY_URLS: urls.join(','),
    GOTRUE_EXTERNAL_SNAPCHAT_EMAIL_OPTIONAL: 'true',
    GOTRUE_EXTERNAL_LINKEDIN_EMAIL_OPTIONAL: 'true',
  });
});
afterAll(async () => {
  await fixture.close();
  await sink.stop();
});

/** Plays the provider. */
async function play(name: string): Promise<void> {
  const { api = {}, idToken, token = {} } = CASES[name]!;
  const id_token = idToken && (await issuer.token(idToken));
  sink.answer(({ method, path }) => {
    const url = new URL(path, sink.url);
    if (url.pathname === '/issuer') return { body: issuer.document(url.searchParams.get('of') ?? '', sink.url) };
    if (url.pathname === '/jwks') return { body: issuer.jwks };
    if (method === 'POST')
      return { body: { access_token: 'at', refresh_token: 'rt', token_type: 'bearer', id_token, ...token } };
    const answer = api[decodeURIComponent(url.pathname).replace(`/${name}`, '')];
    return answer === undefined ? { status: 404 } : { body: answer as object };
  });
}

async function leave(name: string): Promise<{ flowId: string; url: URL }> {
  const asked = { provider: name, scopes: '', inviteToken: '', redirectTo: '', parameters: [] };
  const url = new URL((await fixture.rpc.call(startOAuth, asked, CONTEXT)).url);
  const flow = await fixture.rpc.call(findOAuthFlow, { state: url.searchParams.get('state') ?? '' }, CONTEXT);
  return { flowId: flow.id, url };
}

const comeBack = (flowId: string, parameters: [string, string][] = [['code', 'c0de']]) =>
  fixture.rpc.call(receiveOAuthAnswer, { flowId, parameters }, CONTEXT);

describe('a whole sign-in', () => {
  it.each(Object.entries(CASES))('%s', async (name, { subject, emails, callback = [], claims = {} }) => {
    await play(name);
    const { flowId } = await leave(name);
    const { identity, tokens } = await comeBack(flowId, [['code', 'c0de'], ...callback]);
    expect(identity).toMatchObject({ provider: name, subject, claims });
    expect(identity.emails.map(({ email, verified }) => [email, verified])).toEqual(emails);
    expect(tokens).toEqual({ accessToken: 'at', refreshToken: 'rt' });
  });
});

describe('the answer of a provider', () => {
  it('lets one of six parallel callbacks of one state through', async () => {
    await play('keycloak');
    const { flowId } = await leave('keycloak');
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => comeBack(flowId)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['an issuer of an attacker', { iss: 'https://evil.example' }],
    ['a look-alike of Microsoft', { iss: 'https://login.microsoftonline.com.evil.example/t/v2.0' }],
    ['a user part before the host', { iss: 'https://login.microsoftonline.com@evil.example/t/v2.0' }],
    ['another audience', { aud: 'somebody-else' }],
    ['no expiry', { exp: undefined as unknown as number }],
    ['the past', { exp: 1 }],
  ])('cannot be an ID token of %s', async (_what, change: JsonObject) => {
    const honest = CASES.azure!;
    CASES.azure = { ...honest, idToken: { ...honest.idToken, ...change } };
    await play('azure');
    CASES.azure = honest;
    const { flowId } = await leave('azure');
    await expect(comeBack(flowId)).rejects.toMatchObject({
      code: 'unexpected_failure',
      message: 'Error getting user profile from external provider',
    });
  });

  it.each([
    ['an error page', { status: 500, body: '<html>secret stack</html>' }],
    ['HTML', { body: '<html></html>' }],
    ['an answer without end', { body: 'x'.repeat(1_100_000) }],
    ['a redirect to somewhere else', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
  ])('that is %s fails cleanly and leaks nothing', async (_what, answer) => {
    await play('keycloak');
    const { flowId } = await leave('keycloak');
    sink.answer(answer);
    await expect(comeBack(flowId)).rejects.toMatchObject({ message: 'Unable to exchange external code: c0de' });
  });

  it('asks x with a challenge of ours and hands the verifier over once', async () => {
    await play('x');
    const { flowId, url } = await leave('x');
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    await comeBack(flowId);
    const { rows } = await fixture.database.pool.query(
      'SELECT count(*)::int AS n FROM auth.oauth_client_states WHERE provider_type = $1',
      ['x'],
    );
    expect(rows[0]).toEqual({ n: 0 });
  });
});

describe('a custom provider', () => {
  it('cannot make us call this machine, although its row says so', async () => {
    await play('keycloak');
    await fixture.database.pool.query(
      `INSERT INTO auth.custom_oauth_providers (id, provider_type, identifier, name, client_id, client_secret, authorization_url, token_url, userinfo_url, pkce_enabled)
       VALUES (gen_random_uuid(), 'oauth2', 'custom:inside', 'Inside', 'id', 'hush', 'https://1.1.1.1/a', $1, $1, false)`,
      [`https://127.0.0.1:${new URL(sink.url).port}/token`],
    );
    const { flowId } = await leave('custom:inside');
    const before = sink.requests.length;
    await expect(comeBack(flowId)).rejects.toMatchObject({ message: 'Unable to exchange external code: c0de' });
    expect(sink.requests).toHaveLength(before);
  });
});
