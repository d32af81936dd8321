import type { Settings } from '@usher/runtime/settings/settings';
import { basicAuthorization, postForm } from './post-form.js';
import { refuseChannel, type VerifyingProvider } from './sms-provider.js';
import { refuseTwilioError } from './twilio-error.js';

interface Verification {
  sid: string;
  status: string;
  valid: boolean;
  message: string;
  more_info: string;
}

/** Twilio Verify makes, sends and checks the codes itself: ours are not used. */
export function twilioVerifyClient(
  { accountSid, authToken, messageServiceSid }: Settings['sms']['twilioVerify'],
  baseUrl: string,
  timeoutMs: number,
): VerifyingProvider {
  const service = `${baseUrl}/v2/Services/${encodeURIComponent(messageServiceSid)}`;
  const headers = basicAuthorization(accountSid, authToken);
  const ask = async (url: string, fields: Record<string, string>): Promise<Partial<Verification>> => {
    const answer = await postForm<Verification>({ url, fields, headers, timeoutMs });
    refuseTwilioError(answer);
    return answer.body;
  };
  return {
    async send(message) {
      refuseChannel('Twilio', message, 'whatsapp');
      const { phone, channel } = message;
      return (await ask(`${service}/Verifications`, { To: `+${phone}`, Channel: channel })).sid ?? '';
    },
    async isCodeOf(phone, code) {
      const { status, valid } = await ask(`${service}/VerificationCheck`, { To: `+${phone}`, Code: code });
      return status === 'approved' && valid === true;
    },
  };
}
