import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { RequestContext } from '@usher/contracts/request-context';
import type { UserObject } from '@usher/contracts/user-object';
import type { HookCaller } from '@usher/hooks/hook-caller';
import { Clock } from '@usher/runtime/clock';
import { readSettings } from '@usher/runtime/settings/settings';
import { startHttpSink, type HttpSink, type SinkAnswer } from '@usher/testing/http-sink';
import { TextMessagesService } from './text-messages.service.js';

const CREDENTIALS: Record<string, Record<string, string>> = {
  TWILIO: { ACCOUNT_SID: 'AC1', AUTH_TOKEN: 'secret', MESSAGE_SERVICE_SID: '+1 555 0100' },
  TWILIO_VERIFY: { ACCOUNT_SID: 'AC1', AUTH_TOKEN: 'secret', MESSAGE_SERVICE_SID: 'VA1' },
  MESSAGEBIRD: { ACCESS_KEY: 'secret', ORIGINATOR: 'Usher' },
  TEXTLOCAL: { API_KEY: 'secret', SENDER: 'Usher' },
  VONAGE: { API_KEY: 'key', API_SECRET: 'secret', FROM: 'Usher' },
};
const noHooks = { isEnabled: () => false } as unknown as HookCaller;
const message = {
  user: {} as UserObject,
  phone: '4915112345678',
  channel: 'sms',
  otp: '123456',
  purpose: 'confirmation',
};
const context = {} as RequestContext;
let sink: HttpSink;

beforeAll(async () => void (sink = await startHttpSink()));
afterAll(() => sink.stop());
beforeEach(() => void (sink.requests.length = 0));

function service(provider: string, more: Record<string, string> = {}): TextMessagesService {
  const name = provider.toUpperCase();
  const credentials = Object.entries(CREDENTIALS[name] ?? {}).map(([key, value]) => [
    `GOTRUE_SMS_${name}_${key}`,
    value,
  ]);
  const environment = {
    GOTRUE_SMS_PROVIDER: provider,
    [`USHER_SMS_${name}_URL`]: sink.url,
    API_EXTERNAL_URL: 'http://a.example',
  };
  const settings = readSettings(
    { ...environment, ...Object.fromEntries(credentials), GOTRUE_RATE_LIMIT_SMS_SENT: '100', ...more },
    { concerns: ['sms', 'mfa', 'api', 'rateLimits', 'usher'] },
  );
  return new TextMessagesService(settings as never, noHooks, new Clock());
}
const form = () => Object.fromEntries(new URLSearchParams(sink.requests[0]!.body));
const basic = `Basic ${Buffer.from('AC1:secret').toString('base64')}`;

describe('text messages by a provider', () => {
  it('go through Twilio', async () => {
    sink.answer({ status: 201, body: { sid: 'SM1', status: 'queued' } });
    expect(await service('twilio').send(message, context)).toEqual({ messageId: 'SM1' });
    expect(sink.requests[0]).toMatchObject({ method: 'POST', path: '/2010-04-01/Accounts/AC1/Messages.json' });
    expect(sink.requests[0]!.headers).toMatchObject({
      authorization: basic,
      'content-type': 'application/x-www-form-urlencoded',
    });
    const body = { To: '+4915112345678', Channel: 'sms', From: '+1 555 0100', Body: 'Your code is 123456' };
    expect(form()).toEqual(body);
  });

  it('go through WhatsApp at Twilio, as a text or an approved template', async () => {
    sink.answer({ status: 201, body: { sid: 'SM1', status: 'queued' } });
    await service('twilio').send({ ...message, channel: 'whatsapp' }, context);
    const addresses = { To: 'whatsapp:+4915112345678', From: 'whatsapp:+1 555 0100', Channel: 'whatsapp' };
    expect(form()).toEqual({ ...addresses, Body: 'Your code is 123456' });
    sink.requests.length = 0;
    await service('twilio', { GOTRUE_SMS_TWILIO_CONTENT_SID: 'HX1' }).send(
      { ...message, channel: 'whatsapp' },
      context,
    );
    expect(form()).toEqual({ ...addresses, ContentSid: 'HX1', ContentVariables: '{"1": "123456"}' });
  });

  it('are made by Twilio Verify itself, which also checks the code', async () => {
    const messages = service('twilio_verify');
    sink.answer({ status: 201, body: { sid: 'VE1', status: 'pending' } });
    expect(await messages.send(message, context)).toEqual({ messageId: 'VE1' });
    expect(sink.requests[0]!.path).toBe('/v2/Services/VA1/Verifications');
    expect(form()).toEqual({ To: '+4915112345678', Channel: 'sms' });
    sink.requests.length = 0;
    sink.answer({ body: { status: 'approved', valid: true } });
    await messages.checkCode('4915112345678', '123456');
    expect(sink.requests[0]).toMatchObject({
      path: '/v2/Services/VA1/VerificationCheck',
      headers: { authorization: basic },
    });
    expect(form()).toEqual({ To: '+4915112345678', Code: '123456' });
  });

  it.each<[string, SinkAnswer]>([
    ['a wrong code', { body: { status: 'pending', valid: false } }],
    ['a code that Twilio no longer knows', { status: 404, body: { message: 'not found', more_info: 'x' } }],
    ['an answer of another shape', { body: 'no' }],
  ])('%s is expired for the client', async (_, answer) => {
    sink.answer(answer);
    await expect(service('twilio_verify').checkCode('1', '2')).rejects.toMatchObject({
      code: 'otp_expired',
      status: 403,
    });
  });

  it('go through MessageBird', async () => {
    sink.answer({ status: 201, body: { id: 'mb1', recipients: { totalSentCount: 1 } } });
    expect(await service('messagebird').send(message, context)).toEqual({ messageId: 'mb1' });
    expect(sink.requests[0]).toMatchObject({ path: '/messages', headers: { authorization: 'AccessKey secret' } });
    const to = { originator: 'Usher', recipients: '4915112345678', type: 'sms', datacoding: 'unicode' };
    expect(form()).toEqual({ ...to, body: 'Your code is 123456' });
  });

  it('go through Textlocal', async () => {
    sink.answer({ body: { status: 'success' } });
    expect(await service('textlocal').send(message, context)).toEqual({ messageId: '' });
    const fields = { sender: 'Usher', apikey: 'secret', numbers: '4915112345678', message: 'Your code is 123456' };
    expect(sink.requests[0]!.path).toBe('/send');
    expect(form()).toEqual(fields);
  });

  it('go through Vonage, as Unicode where the text needs it', async () => {
    sink.answer({ body: { messages: [{ status: '0', 'message-id': 'v1' }] } });
    expect(await service('vonage').send(message, context)).toEqual({ messageId: 'v1' });
    expect(sink.requests[0]!.path).toBe('/sms/json');
    const fields = { from: 'Usher', to: '4915112345678', api_key: 'key', api_secret: 'secret' };
    expect(form()).toEqual({ ...fields, text: 'Your code is 123456' });
    sink.requests.length = 0;
    await service('vonage', { GOTRUE_SMS_TEMPLATE: 'Ihr Schlüssel: {{ .Code }}' }).send(message, context);
    expect(form()).toEqual({ ...fields, text: 'Ihr Schlüssel: 123456', type: 'unicode' });
  });

  const failure = (text: string) => `Error sending confirmation OTP to provider: ${text}`;
  it.each<[string, SinkAnswer, string]>([
    [
      'twilio',
      { status: 400, body: { message: 'Bad number.', more_info: 'https://t/1' } },
      'Bad number. More information: https://t/1',
    ],
    [
      'twilio',
      { status: 201, body: { sid: 'S', status: 'failed', error_code: 30003, error_message: 'gone' } },
      'twilio error: gone 30003 for message S',
    ],
    ['messagebird', { status: 422, body: { errors: [{ description: 'no originator' }] } }, 'no originator'],
    ['messagebird', { status: 401, body: {} }, 'messagebird error: status 401'],
    [
      'messagebird',
      { status: 201, body: { recipients: { totalSentCount: 0 } } },
      'messagebird error: total sent count is 0',
    ],
    [
      'textlocal',
      { body: { status: 'failure', errors: [{ code: 80, message: 'bad template' }] } },
      'textlocal error: bad template (code: 80)',
    ],
    ['textlocal', { body: { status: 'failure', errors: [] } }, 'textlocal error: unknown error (code: 0)'],
    [
      'vonage',
      { body: { messages: [{ status: '4', 'error-text': 'Bad Credentials', 'message-id': 'm' }] } },
      'vonage error: Bad Credentials (status: 4) for message m',
    ],
    ['vonage', { body: { messages: [] } }, 'vonage error: Internal Error'],
    ['vonage', { status: 502, body: 'Bad gateway' }, 'the answer of the provider could not be read'],
    ['twilio', { status: 302, headers: { location: '/' } }, 'the provider could not be reached'],
  ])('%s says why it refused, and never the code', async (provider, answer, text) => {
    sink.answer(answer);
    const refused = { code: 'sms_send_failed', status: 422, message: failure(text) };
    await expect(service(provider).send(message, context)).rejects.toMatchObject(refused);
    expect(text).not.toContain(message.otp);
  });

  it('are given up when the provider does not answer in time', async () => {
    sink.answer({ delayMs: 400 });
    await expect(service('vonage', { GOTRUE_INTERNAL_HTTP_TIMEOUT: '100ms' }).send(message, context)).rejects.toThrow(
      failure('the provider did not answer in time'),
    );
  });

  it('need a provider and its credentials', async () => {
    const missing = { code: 'unexpected_failure', status: 500, message: 'Unable to get SMS provider' };
    await expect(service('carrier pigeon').send(message, context)).rejects.toMatchObject(missing);
    await expect(service('vonage', { GOTRUE_SMS_VONAGE_FROM: '' }).send(message, context)).rejects.toMatchObject(
      missing,
    );
  });

  it('have a template that knows the code only', async () => {
    const messages = service('vonage', { GOTRUE_SMS_TEMPLATE: '{{ .Name }}' });
    await expect(messages.send(message, context)).rejects.toMatchObject({ message: 'error generating sms template' });
    expect(sink.requests).toEqual([]);
  });

  it('of a second factor have a text of their own and hide why they failed', async () => {
    sink.answer({ body: { messages: [{ status: '0' }] } });
    const messages = service('vonage', { GOTRUE_MFA_PHONE_TEMPLATE: '{{ .Code }} it is' });
    await messages.send({ ...message, purpose: 'mfa' }, context);
    expect(form().text).toBe('123456 it is');
    sink.answer({ body: { messages: [] } });
    const hidden = { code: 'unexpected_failure', status: 500, message: 'error sending message' };
    await expect(messages.send({ ...message, purpose: 'mfa' }, context)).rejects.toMatchObject(hidden);
  });

  it('are limited for all users together, second factors apart', async () => {
    sink.answer({ body: { messages: [{ status: '0' }] } });
    const messages = service('vonage', { GOTRUE_RATE_LIMIT_SMS_SENT: '1' });
    await messages.send(message, context);
    const refused = { code: 'over_sms_send_rate_limit', status: 429, message: 'SMS rate limit exceeded' };
    await expect(messages.send(message, context)).rejects.toMatchObject(refused);
    await messages.send({ ...message, purpose: 'mfa' }, context);
  });
});
