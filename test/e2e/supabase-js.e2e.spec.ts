import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthClient } from '@supabase/supabase-js';
import { eventually } from '@usher/testing/eventually';
import { freePort } from '@usher/testing/free-port';
import { startNats, type TestNats } from '@usher/testing/nats';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { startSmtpSink, type SmtpSink } from '@usher/testing/smtp-sink';
import { signJwt } from '@usher/access-tokens/sign-jwt';
import { buildKeySet } from '@usher/access-tokens/key-set';
import { Program, untilHealthy } from './processes.js';

const SECRET = 'a secret of this test that is long enough for HS256';
const SERVICES = ['users', 'tokens', 'identity-providers', 'messenger', 'events', 'gateway'];
const PASSWORD = 'correct horse battery';

const serviceKey = signJwt(buildKeySet({ secret: SECRET, keyId: '', jwks: [], validMethods: [] }), {
  role: 'service_role',
});

describe.each(['the standalone', 'six separate services'])('supabase-js against %s', (kind) => {
  let database: TestDatabase;
  let nats: TestNats | undefined;
  let smtp: SmtpSink;
  let url: string;
  const programs: Program[] = [];

  const client = () => new AuthClient({ url, persistSession: false, autoRefreshToken: false });
  const admin = () =>
    new AuthClient({
      url,
      persistSession: false,
      autoRefreshToken: false,
      headers: { Authorization: `Bearer ${serviceKey}` },
    }).admin;

  beforeAll(async () => {
    [database, smtp] = await Promise.all([cloneDatabase(), startSmtpSink()]);
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const settings: Record<string, string> = {
      DATABASE_URL: database.url,
      PORT: String(port),
      GOTRUE_API_HOST: '127.0.0.1',
      API_EXTERNAL_URL: url,
      GOTRUE_SITE_URL: 'http://127.0.0.1:3000',
      GOTRUE_JWT_SECRET: SECRET,
      GOTRUE_JWT_AUD: 'authenticated',
      GOTRUE_JWT_DEFAULT_GROUP_NAME: 'authenticated',
      GOTRUE_SMTP_HOST: smtp.host,
      GOTRUE_SMTP_PORT: String(smtp.port),
      GOTRUE_SMTP_ADMIN_EMAIL: 'auth@example.com',
      GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED: 'true',
      GOTRUE_LOG_LEVEL: 'error',
    };
    if (kind === 'the standalone') {
      programs.push(Program.start('standalone', settings));
    } else {
      nats = await startNats();
      const natsUrl = nats.url;
      programs.push(...SERVICES.map((name) => Program.start(name, { ...settings, NATS_URL: natsUrl })));
    }
    await untilHealthy(url);
  }, 60_000);

  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await Promise.all([nats?.stop(), smtp.stop()]);
    await database.drop();
  });

  it('signs up by mail, signs in, refreshes, changes and signs out', async () => {
    const auth = client();
    const email = 'ada@example.com';
    const signedUp = await auth.signUp({ email, password: PASSWORD });
    expect(signedUp.error).toBeNull();
    expect(signedUp.data.session).toBeNull();

    const refused = await auth.signInWithPassword({ email, password: PASSWORD });
    expect(refused.error?.code).toBe('email_not_confirmed');

    const mail = await smtp.waitForMail(email);
    const link = mail.links[0] ?? '';
    const redirect = await fetch(link, { redirect: 'manual' });
    expect(redirect.status).toBe(303);
    expect(redirect.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:3000#access_token=/);

    const signedIn = await auth.signInWithPassword({ email, password: PASSWORD });
    expect(signedIn.error).toBeNull();
    const first = signedIn.data.session;
    expect((await auth.getUser()).data.user?.email).toBe(email);
    expect((await auth.getClaims()).data?.claims.sub).toBe(signedUp.data.user?.id);

    const refreshed = await auth.refreshSession();
    expect(refreshed.error).toBeNull();
    expect(refreshed.data.session?.refresh_token).not.toBe(first?.refresh_token);

    const updated = await auth.updateUser({ data: { name: 'Ada' } });
    expect(updated.data.user?.user_metadata.name).toBe('Ada');

    expect((await auth.signOut()).error).toBeNull();
    const gone = await auth.getUser(refreshed.data.session?.access_token);
    // How the library tells of `session_not_found`.
    expect(gone.error?.name).toBe('AuthSessionMissingError');
  });

  it('administers users', async () => {
    const created = await admin().createUser({ email: 'bob@example.com', password: PASSWORD, email_confirm: true });
    expect(created.error).toBeNull();
    const id = created.data.user?.id ?? '';
    expect((await admin().getUserById(id)).data.user?.email).toBe('bob@example.com');
    expect((await admin().updateUserById(id, { user_metadata: { team: 'red' } })).data.user?.user_metadata.team).toBe(
      'red',
    );
    expect((await admin().listUsers()).data.users.map((user) => user.id)).toContain(id);
    expect((await client().signInWithPassword({ email: 'bob@example.com', password: PASSWORD })).error).toBeNull();
    expect((await admin().deleteUser(id)).error).toBeNull();
    expect((await admin().getUserById(id)).error?.code).toBe('user_not_found');
  });

  it('lets no user into the administration', async () => {
    const auth = client();
    await auth.signInAnonymously();
    const token = (await auth.getSession()).data.session?.access_token;
    const intruder = new AuthClient({ url, persistSession: false, headers: { Authorization: `Bearer ${token}` } })
      .admin;
    expect((await intruder.listUsers()).error?.code).toBe('not_admin');
  });

  it('answers a write with its cursor, and a read with none', async () => {
    const auth = client();
    const { data } = await auth.signInAnonymously();
    const headers = { authorization: `Bearer ${data.session?.access_token}`, 'content-type': 'application/json' };
    const written = await fetch(`${url}/user`, { method: 'PUT', headers, body: '{"data":{"step":1}}' });
    const read = await fetch(`${url}/user`, { headers });

    const version = (await feedOf(url, data.user?.id ?? '', 3)).at(-1)?.subjectversion;
    expect(written.headers.get('usher-cursor')).toBe(`${data.user?.id}:${version}`);
    expect(read.headers.get('usher-cursor')).toBeNull();
  });

  it('tells of every change, in order, without secrets', async () => {
    const auth = client();
    const { data } = await auth.signInAnonymously();
    await auth.updateUser({ data: { step: 2 } });
    const id = data.user?.id ?? '';
    const page = await feedOf(url, id, 3);
    expect(page.map((event) => event.type)).toEqual(['auth.user.created', 'auth.session.created', 'auth.user.updated']);
    expect(page.map((event) => event.subjectversion)).toEqual([1, 2, 3]);
    expect(JSON.stringify(page)).not.toContain(data.session?.refresh_token ?? 'no token');
    const stranger = await fetch(`${url}/events`, {
      headers: { authorization: `Bearer ${data.session?.access_token}` },
    });
    expect(stranger.status).toBe(403);
  });
});

interface FeedEvent {
  type: string;
  subjectversion: number;
}

/** The subject's events once there are as many as expected; numbering comes a moment after the commit. */
function feedOf(url: string, subject: string, count: number): Promise<FeedEvent[]> {
  const headers = { authorization: `Bearer ${serviceKey}` };
  return eventually(async () => {
    const response = await fetch(`${url}/events?subject=${subject}`, { headers });
    const { data } = (await response.json()) as { data: FeedEvent[] };
    return data.length >= count ? data : undefined;
  });
}
