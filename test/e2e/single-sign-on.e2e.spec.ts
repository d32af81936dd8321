import { createPrivateKey, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthClient } from '@supabase/supabase-js';
import { base58 } from '@scure/base';
import { buildKeySet } from '@usher/access-tokens/key-set';
import { signJwt } from '@usher/access-tokens/sign-jwt';
import { freePort } from '@usher/testing/free-port';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import pg from 'pg';
import { Program, untilHealthy } from './processes.js';
import { SamlIdp, type PostedForm } from './saml-idp.js';

const SECRET = 'a secret of this test that is long enough for HS256';
const SITE = 'https://app.example.com';
const KEYS = buildKeySet({ secret: SECRET, keyId: '', jwks: [], validMethods: [] });
const ADMIN = {
  authorization: `Bearer ${signJwt(KEYS, { role: 'service_role' })}`,
  'content-type': 'application/json',
};

describe('supabase-js with single sign-on and wallets', () => {
  let database: TestDatabase;
  let db: pg.Pool;
  let server: Program;
  let idp: SamlIdp;
  let url: string;
  let provider: string;

  const client = (flowType: 'implicit' | 'pkce' = 'implicit') =>
    new AuthClient({ url, flowType, persistSession: false, autoRefreshToken: false });

  beforeAll(async () => {
    database = await cloneDatabase();
    db = new pg.Pool({ connectionString: database.url, max: 2 });
    db.on('error', () => undefined);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const samlKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    server = Program.start('standalone', {
      DATABASE_URL: database.url,
      PORT: String(port),
      GOTRUE_API_HOST: '127.0.0.1',
      API_EXTERNAL_URL: url,
      GOTRUE_SITE_URL: SITE,
      GOTRUE_JWT_SECRET: SECRET,
      GOTRUE_JWT_AUD: 'authenticated',
      GOTRUE_JWT_DEFAULT_GROUP_NAME: 'authenticated',
      GOTRUE_SAML_ENABLED: 'true',
      GOTRUE_SAML_PRIVATE_KEY: samlKey.export({ type: 'pkcs1', format: 'der' }).toString('base64'),
      GOTRUE_EXTERNAL_WEB3_SOLANA_ENABLED: 'true',
      GOTRUE_EXTERNAL_WEB3_ETHEREUM_ENABLED: 'true',
      GOTRUE_LOG_LEVEL: 'error',
    });
    idp = await SamlIdp.start(url);
    await untilHealthy(url);
    const body = { type: 'saml', metadata_xml: await idp.metadata(), domains: ['corp.example'] };
    const made = await fetch(`${url}/admin/sso/providers`, {
      ...{ method: 'POST', headers: ADMIN, body: JSON.stringify(body) },
    });
    expect(made.status).toBe(201);
    provider = ((await made.json()) as { id: string }).id;
  }, 60_000);

  afterAll(async () => {
    await server.stop();
    await idp.stop();
    await db.end();
    await database.drop();
  });

  const post = async ({ SAMLResponse, RelayState }: Partial<PostedForm>): Promise<URL> => {
    const form = new URLSearchParams({ SAMLResponse: SAMLResponse ?? '' });
    if (RelayState) form.set('RelayState', RelayState);
    const answer = await fetch(`${url}/sso/saml/acs`, { method: 'POST', body: form, redirect: 'manual' });
    return new URL(answer.headers.get('location') ?? '');
  };
  const start = async (auth: ReturnType<typeof client>): Promise<PostedForm> => {
    const { data, error } = await auth.signInWithSSO({ domain: 'corp.example', options: { redirectTo: `${SITE}/in` } });
    expect(error).toBeNull();
    return idp.signIn(data?.url ?? '');
  };
  const events = async (userId: string) => {
    const { rows } = await db.query<{ type: string; origin: string }>(
      'SELECT type, origin FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
      [userId],
    );
    return rows;
  };

  it('a whole sign-in at a real identity provider, with its events', async () => {
    const location = await post(await start(client()));
    expect(`${location.origin}${location.pathname}`).toBe(`${SITE}/in`);
    const tokens = new URLSearchParams(location.hash.slice(1));
    const { data } = await client().getUser(tokens.get('access_token') ?? '');
    expect(data.user).toMatchObject({ email: 'ada@corp.example', app_metadata: { provider: `sso:${provider}` } });
    const happened = await events(data.user?.id ?? '');
    expect(happened.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['user.created', 'identity.linked', 'session.created']),
    );
    expect(new Set(happened.map(({ origin }) => origin))).toEqual(new Set(['saml']));
  });

  it('a whole sign-in with PKCE', async () => {
    const auth = client('pkce');
    const location = await post(await start(auth));
    expect(location.hash).toBe('');
    const { data, error } = await auth.exchangeCodeForSession(location.searchParams.get('code') ?? '');
    expect(error).toBeNull();
    expect(data.user?.email).toBe('ada@corp.example');
    const again = await auth.exchangeCodeForSession(location.searchParams.get('code') ?? '');
    expect(again.error).not.toBeNull();
  });

  it('an answer counts once, also when many post it at the same time', async () => {
    const form = await start(client());
    const all = await Promise.all(Array.from({ length: 6 }, () => post(form)));
    expect(all.filter(({ hash }) => hash.includes('access_token'))).toHaveLength(1);
  });

  it('dropping RelayState does not turn an answer into an unasked one', async () => {
    const form = await start(client());
    const location = await post({ SAMLResponse: form.SAMLResponse });
    expect(location.searchParams.get('error_description')).toMatch(/^SAML Assertion is not valid/);
    expect(location.origin).toBe(SITE);
  });

  it('the answer of the identity provider is in no error', async () => {
    const form = await start(client());
    const location = await post({ ...form, SAMLResponse: form.SAMLResponse.slice(4) });
    expect(location.href.length).toBeLessThan(300);
  });

  it('an unasked answer cannot be replayed, nor lead to a foreign place', async () => {
    const form = { ...(await idp.unasked()), RelayState: 'https://evil.example/' };
    const all = await Promise.all(Array.from({ length: 6 }, () => post(form)));
    const entered = all.filter(({ hash }) => hash.includes('access_token'));
    expect(entered.map(({ origin }) => origin)).toEqual([SITE]);
    expect((await post(form)).searchParams.get('error_description')).toMatch(/already used$/);
  });

  it('an intruder cannot sign in to another user’s account by the same address at a provider of their own', async () => {
    const other = await SamlIdp.start(url);
    const body = { type: 'saml', metadata_xml: await other.metadata(), domains: ['evil.example'] };
    await fetch(`${url}/admin/sso/providers`, { method: 'POST', headers: ADMIN, body: JSON.stringify(body) });
    const { data } = await client().signInWithSSO({ domain: 'evil.example' });
    const location = await post(await other.signIn(data?.url ?? ''));
    const token = new URLSearchParams(location.hash.slice(1)).get('access_token') ?? '';
    const { data: mine } = await client().getUser(token);
    const { rows } = await db.query("SELECT id FROM auth.users WHERE email = 'ada@corp.example' AND id <> $1", [
      mine.user?.id,
    ]);
    expect(rows).toHaveLength(1);
    await other.stop();
  });

  it('a provider that was switched off lets nobody in, also those on their way', async () => {
    const form = await start(client());
    const change = (disabled: boolean) =>
      fetch(`${url}/admin/sso/providers/${provider}`, {
        ...{ method: 'PUT', headers: ADMIN, body: JSON.stringify({ disabled }) },
      });
    await change(true);
    expect((await post(form)).searchParams.get('error_code')).toBe('sso_provider_disabled');
    expect((await client().signInWithSSO({ domain: 'corp.example' })).error?.code).toBe('sso_provider_disabled');
    await change(false);
  });

  it('Ethereum: signs in with a wallet, whose message counts once', async () => {
    const account = privateKeyToAccount(generatePrivateKey());
    let signed = { message: '', signature: '' };
    const wallet = {
      address: account.address,
      on: () => undefined,
      removeListener: () => undefined,
      request: async ({ method, params }: { method: string; params?: unknown[] }) => {
        if (method === 'eth_requestAccounts') return [account.address];
        if (method === 'eth_chainId') return '0x1';
        const raw = params?.[0] as `0x${string}`;
        const signature = await account.signMessage({ message: { raw } });
        signed = { message: Buffer.from(raw.slice(2), 'hex').toString(), signature };
        return signature;
      },
    };
    const { data, error } = await client().signInWithWeb3({
      chain: 'ethereum',
      wallet: wallet as never,
      statement: 'Sign in',
      options: { url: `${SITE}/login` },
    });
    expect(error).toBeNull();
    expect(data.user?.identities?.[0]?.id).toMatch(/^web3:ethereum:0x/);
    const replay = await Promise.all(
      Array.from({ length: 4 }, () => client().signInWithWeb3({ chain: 'ethereum', ...signed } as never)),
    );
    for (const { error } of replay) expect(error?.message).toMatch(/already been used/);
  });

  it('Solana: signs in with a wallet', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const address = base58.encode(publicKey.export({ type: 'spki', format: 'der' }).subarray(-32));
    const wallet = {
      publicKey: { toBase58: () => address },
      signMessage: async (bytes: Uint8Array) => new Uint8Array(signBytes(null, bytes, key)),
    };
    const { data, error } = await client().signInWithWeb3({
      chain: 'solana',
      wallet: wallet as never,
      statement: 'Sign in',
      options: { url: `${SITE}/login` },
    });
    expect(error).toBeNull();
    expect(data.user?.identities?.[0]?.id).toBe(`web3:solana:${address}`);
  });
});
