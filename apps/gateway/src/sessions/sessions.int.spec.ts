import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  endOwnSession,
  endUserSessions,
  listSessions,
  listUserSessions,
} from '@usher/contracts/tokens/devices.contract';
import { runGateway, tokenOf, type RunningGateway } from '../gateway.fixture.js';

const USER = '5f3c2a10-7c1d-4a0e-9f00-000000000001';
const SESSION = '5f3c2a10-7c1d-4a0e-9f00-000000000002';
const user = tokenOf({ sub: USER, session_id: SESSION, role: 'authenticated', aud: 'authenticated', exp: 4e9 });
const admin = tokenOf({ role: 'service_role', exp: 4e9 });

let gateway: RunningGateway;
beforeAll(async () => {
  gateway = await runGateway();
});
afterAll(() => gateway.stop());

async function ask(method: string, path: string, token?: string) {
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(gateway.url + path, { method, headers });
  const text = await response.text();
  return { status: response.status, body: text ? (JSON.parse(text) as Record<string, unknown>) : null };
}

describe('the routes of sessions', () => {
  it('name the bearer, never a user of the request, to the service', async () => {
    const listed = gateway.serve(listSessions, () => ({ sessions: [] }));
    const ended = gateway.serve(endOwnSession, () => ({}));
    expect(await ask('GET', '/sessions?user_id=x', user)).toEqual({ status: 200, body: { sessions: [] } });
    expect(listed[0]!.input.bearer).toMatchObject({ sub: USER, sessionId: SESSION });
    expect(await ask('DELETE', `/sessions/${SESSION.toUpperCase()}`, user)).toEqual({ status: 204, body: null });
    expect(ended[0]!.input).toMatchObject({ bearer: { sub: USER }, sessionId: SESSION });
  });

  it('of an administrator name the user', async () => {
    const listed = gateway.serve(listUserSessions, () => ({ sessions: [] }));
    const ended = gateway.serve(endUserSessions, () => ({ ended: 1 }));
    await ask('GET', `/admin/users/${USER}/sessions`, admin);
    expect(listed[0]!.input).toEqual({ userId: USER });
    expect(await ask('DELETE', `/admin/users/${USER}/sessions`, admin)).toEqual({ status: 200, body: { ended: 1 } });
    expect((await ask('DELETE', `/admin/users/${USER}/sessions/${SESSION}`, admin)).status).toBe(204);
    expect(ended.map(({ input }) => input.sessionId)).toEqual([null, SESSION]);
    expect(ended[0]!.context.actor).toEqual({ type: 'admin', id: 'service_role' });
  });

  it.each(['/sessions', `/admin/users/${USER}/sessions`])('need a token: GET %s', async (path) => {
    expect(await ask('GET', path)).toMatchObject({ status: 401, body: { error_code: 'no_authorization' } });
  });

  it('of an administrator are not for a user, not even for his own', async () => {
    expect(
      await ask('GET', `/admin/users/${USER}/sessions`, tokenOf({ sub: USER, role: 'authenticated' })),
    ).toMatchObject({
      status: 403,
      body: { error_code: 'not_admin' },
    });
  });

  it.each(['x', '%00', "1'or'1", 'a'.repeat(5_000), '..%2f..', `${SESSION}0`])(
    'refuse an id that is none (%#)',
    async (id) => {
      for (const [path, token] of [
        [`/sessions/${id}`, user],
        [`/admin/users/${USER}/sessions/${id}`, admin],
        [`/admin/users/${id}/sessions`, admin],
      ])
        expect([400, 404, 414]).toContain(
          (await fetch(gateway.url + path, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })).status,
        );
    },
  );
});
