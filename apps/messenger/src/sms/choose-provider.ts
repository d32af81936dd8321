import type { Settings } from '@usher/runtime/settings/settings';
import { messagebirdClient } from './messagebird.client.js';
import type { SmsProvider, VerifyingProvider } from './sms-provider.js';
import { textlocalClient } from './textlocal.client.js';
import { twilioClient } from './twilio.client.js';
import { twilioVerifyClient } from './twilio-verify.client.js';
import { vonageClient } from './vonage.client.js';

type SmsSettings = Pick<Settings, 'sms' | 'api' | 'usher'>;

/** The configured provider. @throws Error when there is none, or credentials are missing. */
export function chooseProvider(settings: SmsSettings): SmsProvider {
  const { sms, usher } = settings;
  const timeout = timeoutOf(settings);
  switch (sms.provider) {
    case 'twilio':
      return twilioClient(complete(sms.twilio, 'contentSid'), usher.smsUrls.twilio, timeout);
    case 'twilio_verify':
      return verifyingProvider(settings);
    case 'messagebird':
      return messagebirdClient(complete(sms.messagebird), usher.smsUrls.messagebird, timeout);
    case 'textlocal':
      return textlocalClient(complete(sms.textlocal), usher.smsUrls.textlocal, timeout);
    case 'vonage':
      return vonageClient(complete(sms.vonage), usher.smsUrls.vonage, timeout);
    default:
      throw new Error(`sms Provider ${sms.provider} could not be found`);
  }
}

/** @throws Error when credentials of Twilio Verify are missing. */
export function verifyingProvider(settings: SmsSettings): VerifyingProvider {
  const { sms, usher } = settings;
  return twilioVerifyClient(complete(sms.twilioVerify), usher.smsUrls.twilioVerify, timeoutOf(settings));
}

function timeoutOf({ api }: SmsSettings): number {
  return api.internalHttpTimeout || 10_000;
}

function complete<C extends Readonly<Record<string, string>>>(credentials: C, ...optional: string[]): C {
  const missing = Object.keys(credentials).filter((name) => !credentials[name] && !optional.includes(name));
  if (missing.length) throw new Error(`missing SMS credentials: ${missing.join(', ')}`);
  return credentials;
}
