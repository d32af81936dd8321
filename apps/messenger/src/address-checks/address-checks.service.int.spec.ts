import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '@usher/runtime/settings/settings';
import { startHttpSink, type HttpSink } from '@usher/testing/http-sink';
import { AddressChecks } from './address-checks.service.js';
import { startDnsServer } from './dns-server.fixture.js';
import { MailHosts } from './mail-hosts.client.js';

let sink: HttpSink;
let dns: Awaited<ReturnType<typeof startDnsServer>>;

beforeAll(async () => {
  sink = await startHttpSink();
  dns = await startDnsServer({
    'with-mx.de': { mx: 'mx.with-mx.de' },
    'with-address.de': { a: '192.0.2.7' },
    'blocked.de': { mx: 'mx.spam.example' },
    'blocked-address.de': { a: '192.0.2.66' },
    'empty.de': {},
    'failing.de': 'fails',
    'silent.de': 'silent',
  });
});
afterAll(async () => {
  dns.stop();
  await sink.stop();
});

function checks(environment: Record<string, string>): AddressChecks {
  const settings = readSettings(
    { GOTRUE_MAILER_EMAIL_VALIDATION_BLOCKED_MX: '["mx.spam.example.","192.0.2.66"]', ...environment },
    { concerns: ['mailer'] },
  );
  return new AddressChecks(settings as never, new MailHosts([dns.address]));
}
const extended = { GOTRUE_MAILER_EMAIL_VALIDATION_EXTENDED: 'true' };
const invalid = (address: string) => ({
  ...{ code: 'email_address_invalid', status: 400 },
  message: `Email address "${address}" is invalid`,
});

describe('checks of addresses', () => {
  it('are off unless wanted', () => expect(checks({}).check('test@nowhere.invalid')).resolves.toBeUndefined());

  it.each(['ann@with-mx.de', 'ann@with-address.de', 'ann@failing.de'])('let %s pass', (address) =>
    expect(checks(extended).check(address)).resolves.toBeUndefined(),
  );

  it.each(['ann@unknown.de', 'ann@empty.de', 'test@gmail.com'])('refuse %s', (address) =>
    expect(checks(extended).check(address)).rejects.toMatchObject(invalid(address)),
  );

  it.each(['ann@blocked.de', 'ann@blocked-address.de'])('do not tell that the host of %s is blocked', (address) =>
    expect(checks(extended).check(address)).rejects.toThrow('the mail host of the recipient is blocked'),
  );

  it('let an address pass when no name server answers within three seconds', async () => {
    const started = Date.now();
    await checks(extended).check('ann@silent.de');
    expect(Date.now() - started).toBeLessThan(4_000);
  });

  it('ask the service of the operator, and heed nothing but a clear no', async () => {
    const service = checks({
      GOTRUE_MAILER_EMAIL_VALIDATION_SERVICE_URL: `${sink.url}/check`,
      GOTRUE_MAILER_EMAIL_VALIDATION_SERVICE_HEADERS: '{"apikey":["old","k1"]}',
    });
    sink.answer({ body: { valid: false } });
    await expect(service.check('ann@with-mx.de')).rejects.toMatchObject(invalid('ann@with-mx.de'));
    expect(sink.requests[0]).toMatchObject({ method: 'POST', path: '/check', body: '{"email":"ann@with-mx.de"}' });
    expect(sink.requests[0]!.headers).toMatchObject({ apikey: 'k1', 'content-type': 'application/json' });
    for (const answer of [
      { body: { valid: true } },
      { body: {} },
      { status: 500, body: { valid: false } },
      { body: 'no' },
    ]) {
      sink.answer(answer);
      await service.check('ann@with-mx.de');
    }
  });
});
