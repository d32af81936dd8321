import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuthError } from '@usher/contracts/errors';
import { endSessions, openSession } from '@usher/contracts/tokens/sessions.contract';
import { authenticate, getCurrentUser, signUp, updateCurrentUser } from '@usher/contracts/users/accounts.contract';
import { adminListUsers } from '@usher/contracts/users/admin.contract';
import { requestRecovery, verifyToken } from '@usher/contracts/users/one-time-tokens.contract';
import { runGateway, sendRaw, tokenOf, type RunningGateway } from './gateway.fixture.js';

const USER = '5f3c2a10-7c1d-4a0e-9f00-000000000001';
const SESSION = '5f3c2a10-7c1d-4a0e-9f00-000000000002';

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await runGateway();
});

afterAll(() => gateway.stop());

const token = (claims: object = {}) =>
  tokenOf({ sub: USER, session_id: SESSION, role: 'authenticated', aud: 'authenticated', exp: 4e9, ...claims });
const admin = () => ({ authorization: `Bearer ${tokenOf({ role: 'service_role' })}` });

async function ask(method: string, path: string, init: { headers?: Record<string, string>; body?: string } = {}) {
  const response = await fetch(gateway.url + path, { method, redirect: 'manual', ...init });
  const text = await response.text();
  const json = response.headers.get('content-type') === 'application/json' && text !== '';
  return { status: response.status, headers: response.headers, body: json ? (JSON.parse(text) as unknown) : text };
}

describe('paths', () => {
  it.each(['/nothing', '/', '/HEALTH', '/health/', '//health', '/%68ealth', '/health%2f', '/health;x', '/%00', '/%zz'])(
    'finds nothing at %s',
    async (path) => {
      const { status, headers, body } = await ask('GET', path);
      expect([status, body]).toEqual([404, '404 page not found\n']);
      expect(headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  it('names the methods of a known path', async () => {
    const { status, headers, body } = await ask('GET', '/token');
    expect([status, headers.get('allow'), body]).toEqual([405, 'POST', '']);
    expect((await ask('DELETE', '/verify')).headers.get('allow')).toBe('GET, POST');
  });

  it('answers the health check in both forms, also under the prefix of the API gateway', async () => {
    expect((await ask('GET', '/health')).body).toMatchObject({ name: 'GoTrue' });
    expect((await ask('HEAD', '/health')).status).toBe(200);
    expect((await ask('GET', '/auth/v1/health')).status).toBe(200);
    expect((await ask('GET', '/auth/v1/token')).status).toBe(404);
  });

  it('asks for the token before the method in guarded groups', async () => {
    gateway.serve(authenticate, ({ input }) => ({ userId: input.bearer.sub, sessionId: input.bearer.sessionId }));
    expect((await ask('PATCH', '/user')).status).toBe(401);
    expect((await ask('GET', '/admin/nope')).status).toBe(401);
    const known = await ask('PATCH', '/user', { headers: { authorization: `Bearer ${token()}` } });
    expect([known.status, known.headers.get('allow')]).toEqual([405, 'GET, PUT']);
    expect((await ask('GET', '/admin/nope', { headers: admin() })).status).toBe(404);
  });

  it('leaves a path parameter undecoded', async () => {
    const { status, body } = await ask('GET', `/admin/users/${USER.replace('-', '%2d')}`, { headers: admin() });
    expect([status, body]).toEqual([
      404,
      { code: 404, error_code: 'validation_failed', msg: 'user_id must be an UUID' },
    ]);
  });
});

describe('bodies', () => {
  const signUpWith = (body: string, headers = {}) => ask('POST', '/signup', { body, headers });

  it('takes JSON whatever it is called, names in any case, the last of duplicates', async () => {
    const calls = gateway.serve(signUp, () => ({ body: {} }));
    const body = '{"EMAIL":"a@example.com","email":"b@example.com","password":"p\\u0000q","data":null,"x":1}';
    expect((await signUpWith(body, { 'content-type': 'text/plain' })).status).toBe(200);
    expect(calls[0]!.input).toEqual({ email: 'b@example.com', password: 'p\0q' });
  });

  it.each([
    '',
    ' ',
    '[]',
    '5',
    '{',
    '{"a":01}',
    '{"a":1}x',
    '{"email":5}',
    '{"data":[]}',
    '\ufeff{}',
    `{"data":${'['.repeat(20000)}`,
  ])('refuses what is no JSON object of the right types (%#)', async (body) => {
    const answer = await signUpWith(body, { 'content-type': 'application/json' });
    expect(answer).toMatchObject({ status: 400, body: { error_code: 'bad_json' } });
  });

  it('finds nothing in a form', async () => {
    const answer = await signUpWith('email=a%40example.com', { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.body).toMatchObject({ error_code: 'bad_json' });
  });

  it('refuses NUL outside of passwords and repairs half surrogates', async () => {
    const nul = await signUpWith('{"email":"a@example.com","password":"x","data":{"a\\u0000":1}}');
    expect(nul.body).toMatchObject({ code: 400, error_code: 'validation_failed' });
    const calls = gateway.serve(requestRecovery, () => ({ body: {} }));
    await ask('POST', '/recover', { body: '{"email":"a\\ud800@example.com"}' });
    expect(calls[0]!.input).toEqual({ email: 'a\ufffd@example.com' });
  });

  it('takes a mebibyte and not a byte more', async () => {
    const sized = (n: number) => `{"email":"a@example.com","pad":"${'x'.repeat(n - 34)}"}`;
    expect((await ask('POST', '/recover', { body: sized(1 << 20) })).status).toBe(200);
    const over = await ask('POST', '/recover', { body: sized((1 << 20) + 1) });
    expect(over.body).toMatchObject({ code: 413, msg: 'Request body too large (max 1048576 bytes)' });
  });

  it('asks an intruder for the token before it looks at the body', async () => {
    expect((await ask('POST', '/admin/users', { body: 'x'.repeat(2 << 20) })).status).toBe(401);
  });
});

describe('the bearer token', () => {
  const get = (authorization: string) => ask('GET', '/user', { headers: { authorization } });

  it('is passed on as the claims of a genuine one', async () => {
    const calls = gateway.serve(getCurrentUser, () => ({ id: USER }) as never);
    expect((await get(`bearer ${token({ sub: USER.toUpperCase().replaceAll('-', '') })}`)).body).toEqual({ id: USER });
    expect(calls[0]).toMatchObject({
      input: { bearer: { sub: USER, sessionId: SESSION, role: 'authenticated', aud: ['authenticated'] } },
      context: { audience: 'authenticated', actor: { type: 'user', id: USER }, origin: 'api' },
    });
  });

  it.each(['Bearer', 'Bearer  x', 'Basic x', 'Bearer x y', ''])('is missing in %j', async (header) => {
    expect(await get(header)).toMatchObject({ status: 401, body: { error_code: 'no_authorization' } });
  });

  it('is refused when forged, expired or without a user', async () => {
    const message = async (claims: object) => ((await get(`Bearer ${token(claims)}`)).body as { msg: string }).msg;
    const forged = await get(`Bearer ${token().slice(0, -3)}AAA`);
    expect(forged).toMatchObject({ status: 403, body: { error_code: 'bad_jwt' } });
    expect(await message({ exp: 1 })).toBe(
      'invalid JWT: unable to parse or verify signature, token has invalid claims: token is expired',
    );
    expect(await message({ sub: undefined })).toBe('invalid claim: missing sub claim');
    expect(await message({ sub: 'x' })).toBe('invalid claim: sub claim must be a UUID');
    expect(await message({ session_id: 'x' })).toBe('invalid claim: session_id claim must be a UUID');
  });

  it('opens no administration to a user', async () => {
    const answer = await ask('GET', '/admin/users', {
      headers: { authorization: `Bearer ${token({ session_id: '' })}` },
    });
    expect(answer).toMatchObject({ status: 403, body: { error_code: 'not_admin', msg: 'User not allowed' } });
  });

  it('must be for the audience of the request', async () => {
    const headers = { authorization: `Bearer ${token()}`, 'x-jwt-aud': 'other' };
    expect((await ask('GET', '/user', { headers })).body).toMatchObject({
      msg: "Token audience doesn't match request audience",
    });
  });
});

describe('errors', () => {
  it('come in the format asked for', async () => {
    const headers = { 'x-supabase-api-version': '2024-01-01' };
    const answer = await ask('GET', '/user', { headers });
    expect(answer.body).toEqual({ code: 'no_authorization', message: 'This endpoint requires a valid Bearer token' });
    expect(answer.headers.get('x-supabase-api-version')).toBe('2024-01-01');
    expect(answer.headers.get('x-sb-error-code')).toBe('no_authorization');
  });

  it('of a service keep their status, reasons and headers', async () => {
    gateway.serve(updateCurrentUser, () => {
      const options = { reasons: ['length'], headers: { 'sb-auth-user-id': USER } };
      return new AuthError('weak_password', 'Too short.', options);
    });
    const answer = await ask('PUT', '/user', { body: '{}', headers: { authorization: `Bearer ${token()}` } });
    expect(answer).toMatchObject({ status: 422, body: { weak_password: { reasons: ['length'] } } });
    expect(answer.headers.get('sb-auth-user-id')).toBe(USER);
  });

  it('are 503 when a service is not there', async () => {
    const answer = await ask('POST', '/otp', { body: '{"email":"a@example.com"}' });
    expect(answer).toMatchObject({ status: 503, body: { error_code: 'service_unavailable' } });
  });

  it('end a connection that does not speak HTTP', async () => {
    expect(await sendRaw(gateway.port, 'NONSENSE\r\n\r\n')).toContain('400 Bad Request');
  });

  it('close a connection on which no request arrives without a word: a client that keeps it in reserve must not read an answer', async () => {
    const [idle, slow] = await Promise.all([
      sendRaw(gateway.port, ''),
      sendRaw(gateway.port, 'GET /health HTTP/1.1\r\nHo'),
    ]);
    expect([idle, slow]).toEqual(['', '']);
  });
});

describe('CORS', () => {
  const preflight = (method: string, list: string) =>
    ask('OPTIONS', '/nothing', {
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': method,
        'access-control-request-headers': list,
      },
    });

  it('leaves every origin to ask', async () => {
    const { status, headers } = await preflight('PUT', 'authorization,content-type');
    expect([status, headers.get('access-control-allow-methods')]).toEqual([204, 'PUT']);
    expect(headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(headers.get('access-control-allow-origin')).toBe('*');
  });

  it('gives no leave for other methods and headers', async () => {
    expect((await preflight('TRACE', '')).headers.get('access-control-allow-origin')).toBeNull();
    expect((await preflight('GET', 'x-other')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('flows', () => {
  it('open a session behind a link and put it into the fragment', async () => {
    const signIn = { user: { id: USER } as never, method: 'otp', isSsoUser: false };
    gateway.serve(verifyToken, ({ input }) =>
      input.tokenHash === 'good'
        ? { signIn, type: 'signup' }
        : new AuthError('otp_expired', 'Email link is invalid: expired'),
    );
    gateway.serve(openSession, () => SESSION_OBJECT as never);
    const good = await ask('GET', '/verify?type=signup&token=good&redirect_to=https://www.example.com/a?b=c');
    expect(good.status).toBe(303);
    expect(good.headers.get('location')).toBe(
      'https://www.example.com/a?b=c#access_token=a.b.c&expires_at=2&expires_in=1&refresh_token=r&sb=&token_type=bearer&type=signup',
    );
    const bad = await ask('GET', '/verify?type=signup&token=bad&redirect_to=https://evil.example');
    expect(bad.headers.get('location')).toBe(
      'https://www.example.com#error=access_denied&error_code=otp_expired&error_description=Email+link+is+invalid%253A+expired&sb=',
    );
    expect(await ask('GET', '/verify?type=signup')).toMatchObject({ status: 400 });
  });

  it('page through users with sorted links', async () => {
    gateway.serve(adminListUsers, () => ({ body: { users: [], aud: '' }, total: 5, page: 1, perPage: 2 }));
    const { headers } = await ask('GET', '/admin/users?per_page=2&filter=x', { headers: admin() });
    expect(headers.get('x-total-count')).toBe('5');
    expect(headers.get('link')).toBe(
      '</admin/users?filter=x&page=2&per_page=2>; rel="next", </admin/users?filter=x&page=3&per_page=2>; rel="last"',
    );
  });

  it('end the other sessions after a changed password', async () => {
    const other = await runGateway();
    try {
      other.serve(updateCurrentUser, () => ({ user: { id: USER } as never, endOtherSessions: true }));
      const ended = other.serve(endSessions, () => ({ ended: 1 }));
      const headers = { authorization: `Bearer ${token()}` };
      await fetch(`${other.url}/user`, { method: 'PUT', headers, body: '{"password":"new-Password-1"}' });
      expect(ended[0]!.input).toEqual({ userId: USER, keepSessionId: SESSION, reason: 'password_changed' });
    } finally {
      await other.stop();
    }
  });
});

const SESSION_OBJECT = {
  access_token: 'a.b.c',
  token_type: 'bearer',
  expires_in: 1,
  expires_at: 2,
  refresh_token: 'r',
};
