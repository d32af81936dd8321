import { buildKeySet } from '@usher/access-tokens/key-set';
import { signJwt } from '@usher/access-tokens/sign-jwt';
import { connectDatabase } from '@usher/database/connect';
import { statement } from '@usher/database/statement';
import { freePort } from '@usher/testing/free-port';
import { cloneDatabase } from '@usher/testing/postgres';
import { generateSync } from 'otplib';
import { Program, untilHealthy } from './processes.js';

const SECRET = 'a secret of this test that is long enough for HS256';
export const PASSWORD = 'correct horse battery';
export const ORIGIN = 'https://app.example.com';

export type Body = Record<string, never>;
export interface Reply {
  status: number;
  /** The body as its type is known to the test. */
  body: ReplyBody;
}
export interface ReplyBody {
  [member: string]: unknown;
  id: string;
  error_code?: string;
  msg?: string;
  access_token: string;
  refresh_token: string;
}

export interface Person {
  id: string;
  email: string;
  token: string;
  refreshToken: string;
}

/** The standalone program on a database of its own, spoken to over HTTP. */
export class Server {
  private constructor(
    readonly url: string,
    private readonly program: Program,
    private readonly database: ReturnType<typeof connectDatabase>,
    private readonly drop: () => Promise<void>,
  ) {}

  static async start(more: Record<string, string> = {}): Promise<Server> {
    const [copy, port] = await Promise.all([cloneDatabase(), freePort()]);
    const url = `http://127.0.0.1:${port}`;
    const program = Program.start('standalone', {
      DATABASE_URL: copy.url,
      PORT: String(port),
      GOTRUE_API_HOST: '127.0.0.1',
      API_EXTERNAL_URL: url,
      GOTRUE_SITE_URL: 'http://127.0.0.1:3000',
      GOTRUE_JWT_SECRET: SECRET,
      GOTRUE_JWT_AUD: 'authenticated',
      GOTRUE_JWT_DEFAULT_GROUP_NAME: 'authenticated',
      GOTRUE_MAILER_AUTOCONFIRM: 'true',
      GOTRUE_EXTERNAL_ANONYMOUS_USERS_ENABLED: 'true',
      GOTRUE_MFA_WEB_AUTHN_ENROLL_ENABLED: 'true',
      GOTRUE_MFA_WEB_AUTHN_VERIFY_ENABLED: 'true',
      GOTRUE_PASSKEY_ENABLED: 'true',
      GOTRUE_WEBAUTHN_RP_ID: 'example.com',
      GOTRUE_WEBAUTHN_RP_DISPLAY_NAME: 'Example',
      GOTRUE_WEBAUTHN_RP_ORIGINS: ORIGIN,
      GOTRUE_LOG_LEVEL: 'error',
      ...more,
    });
    const database = connectDatabase({
      ...{ url: copy.url, maxConnections: 2, applicationName: 'test', namespace: 'auth', namedStatements: false },
      onIdleError: () => undefined,
    });
    await untilHealthy(url);
    return new Server(url, program, database, () => copy.drop());
  }

  async stop(): Promise<void> {
    await this.program.stop();
    await this.database.pool.end();
    await this.drop();
  }

  async call(method: string, path: string, token?: string, body?: unknown): Promise<Reply> {
    const response = await fetch(this.url + path, {
      method,
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as ReplyBody };
  }

  post(path: string, token?: string, body: unknown = {}): Promise<Reply> {
    return this.call('POST', path, token, body);
  }

  rows<Row>(sql: string, ...values: unknown[]): Promise<Row[]> {
    return this.database.rows(statement<Row>('', sql), values);
  }

  async signUp(email: string): Promise<Person> {
    const { body } = await this.post('/signup', undefined, { email, password: PASSWORD });
    const { id } = body.user as { id: string };
    return { id, email, token: body.access_token, refreshToken: body.refresh_token };
  }

  async signIn({ id, email }: Person): Promise<Person> {
    const { body } = await this.post('/token?grant_type=password', undefined, { email, password: PASSWORD });
    return { id, email, token: body.access_token, refreshToken: body.refresh_token };
  }

  admin(): string {
    const keys = buildKeySet({ secret: SECRET, keyId: '', jwks: [], validMethods: [] });
    return signJwt(keys, { role: 'service_role' });
  }

  token(claims: object): string {
    return signJwt(buildKeySet({ secret: SECRET, keyId: '', jwks: [], validMethods: [] }), claims as never);
  }
}

/** The code of an authenticator app, `steps` of 30 seconds from now. */
export function codeOf(secret: string, steps = 0): string {
  return generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 * steps });
}

/** A code that is surely wrong. */
export function wrongCodeOf(secret: string): string {
  const near = [-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code))!;
}

export const claimsOf = (token: string): { aal: string; amr: { method: string }[]; session_id: string } =>
  JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
