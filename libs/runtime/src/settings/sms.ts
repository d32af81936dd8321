import { otpLength, zeroMeans } from './adjust.js';
import { bool, duration, int, map, str, textMap, timestamp, uint } from './parse.js';
import type { TextMap } from './parse.js';
import { concern, forEach, upperSnake, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const smsSettings = concern({
  title: 'SMS',
  variables: {
    provider: variable({
      name: 'GOTRUE_SMS_PROVIDER',
      type: str(),
      help: '`twilio`, `twilio_verify`, `messagebird`, `textlocal` or `vonage`; checked when a message is sent',
    }),
    autoconfirm: variable({
      name: 'GOTRUE_SMS_AUTOCONFIRM',
      type: bool(),
      help: 'confirm phone numbers without sending a message',
    }),
    maxFrequency: variable({
      name: 'GOTRUE_SMS_MAX_FREQUENCY',
      type: duration(),
      default: '1m',
      adjust: zeroMeans(60_000),
      help: 'least time between two messages of one purpose to one user (0: the default)',
    }),
    otpExp: variable({
      name: 'GOTRUE_SMS_OTP_EXP',
      type: uint(),
      default: 60,
      adjust: zeroMeans(60),
      help: 'lifetime of codes in seconds (0: the default)',
    }),
    otpLength: variable({
      name: 'GOTRUE_SMS_OTP_LENGTH',
      type: int(),
      default: 6,
      adjust: otpLength,
      help: 'digits of codes, 6 to 10 (anything else: 6)',
    }),
    template: variable({
      name: 'GOTRUE_SMS_TEMPLATE',
      type: str(),
      default: 'Your code is {{ .Code }}',
      help: 'text of the message',
    }),
    testOtp: variable({
      name: 'GOTRUE_SMS_TEST_OTP',
      type: map(),
      adjust: plainPhones,
      help: 'fixed codes, `phone:code,…`; the `+` and spaces are removed from the phone',
    }),
    testOtpValidUntil: variable({
      name: 'GOTRUE_SMS_TEST_OTP_VALID_UNTIL',
      type: timestamp(),
      help: 'when the fixed codes end (empty: never)',
    }),
    twilio: credentials('TWILIO', ['accountSid', 'authToken', 'messageServiceSid', 'contentSid']),
    twilioVerify: credentials('TWILIO_VERIFY', ['accountSid', 'authToken', 'messageServiceSid']),
    messagebird: credentials('MESSAGEBIRD', ['accessKey', 'originator']),
    textlocal: credentials('TEXTLOCAL', ['apiKey', 'sender']),
    vonage: credentials('VONAGE', ['apiKey', 'apiSecret', 'from']),
  },
});

export type SmsSettings = ValuesOf<typeof smsSettings>;

function credentials<const K extends string>(provider: string, fields: readonly K[]) {
  return forEach(fields, (field) =>
    variable({ name: `GOTRUE_SMS_${provider}_${upperSnake(field)}`, type: str(), help: 'credential of the provider' }),
  );
}

// As the reference does: a space before the plus keeps the plus.
function plainPhones(codes: TextMap): TextMap {
  return textMap(Object.entries(codes).map(([phone, code]) => [phone.replace(/^\+/, '').replaceAll(' ', ''), code]));
}
