import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '@usher/runtime/settings/settings';
import { startSmtpSink, type SmtpSink } from '@usher/testing/smtp-sink';
import type { MailOutlet } from './mail.js';
import { smtpOutlet } from './smtp.client.js';

describe('mails over SMTP', () => {
  let sink: SmtpSink;
  let outlet: MailOutlet;

  beforeAll(async () => {
    sink = await startSmtpSink();
    outlet = smtpOutlet(settingsOf());
  });
  afterAll(async () => {
    outlet.close();
    await sink.stop();
  });

  const settingsOf = (more: Record<string, string> = {}) =>
    readSettings(
      {
        API_EXTERNAL_URL: 'http://localhost:9999',
        GOTRUE_SMTP_HOST: sink.host,
        GOTRUE_SMTP_PORT: String(sink.port),
        GOTRUE_SMTP_ADMIN_EMAIL: 'auth@example.com',
        GOTRUE_SMTP_SENDER_NAME: 'The Team',
        GOTRUE_SMTP_HEADERS: '{"X-Category":["auth-$messageType"],"X-Empty":[""]}',
        ...more,
      },
      { concerns: ['smtp', 'api', 'usher'] },
    );
  const mail = {
    to: 'ada@example.com',
    subject: '12345678 für Sie',
    html: '<p>\r\nFrom: Team <x></p>',
    text: 'From: Team\n',
    type: 'magic_link',
  };

  it('have one sender, one recipient, a text beside the HTML, and the headers that were set', async () => {
    await outlet.send(mail);
    const got = await sink.waitForMail('ada@example.com');
    expect(got).toMatchObject({ from: 'auth@example.com', to: ['ada@example.com'], subject: mail.subject });
    expect(got.headers).toMatchObject({ 'x-category': 'auth-magic_link' });
    expect(got.headers.from).toBe('"The Team" <auth@example.com>');
    expect(got.headers).not.toHaveProperty('x-empty');
    expect(got.raw).toMatch(/^Subject: =\?utf-8\?q\?/im);
    expect(got.headers['content-type']).toMatch(/^multipart\/alternative/);
    expect(got.text).toBe('From: Team\r\n');
    expect(got.html).toContain('From: Team <x>');
  });

  it('cannot be sent to a second person by an address that holds two', async () => {
    for (const to of ['a@example.com,b@example.com', 'a@example.com\r\nBcc: b@example.com', ''])
      await expect(outlet.send({ ...mail, to })).rejects.toThrow('not a single address');
    expect(sink.mails.flatMap(({ to }) => to)).not.toContain('b@example.com');
  });

  it('are not sent in clear where encryption is asked for and the server has none', async () => {
    const strict = smtpOutlet(settingsOf({ USHER_SMTP_TLS: 'starttls' }));
    await expect(strict.send(mail)).rejects.toThrow(/TLS/i);
    strict.close();
  });

  it('go out no faster than allowed', async () => {
    const slow = smtpOutlet(settingsOf({ USHER_SMTP_MAX_PER_SECOND: '2' }));
    const started = performance.now();
    await Promise.all([1, 2, 3, 4, 5].map(() => slow.send(mail)));
    slow.close();
    expect(performance.now() - started).toBeGreaterThan(1_900);
  });
});
