import type { Settings } from '@usher/runtime/settings/settings';
import { basicAuthorization, postForm } from './post-form.js';
import { refuseChannel, SmsProviderError, type SmsProvider, type TextMessage } from './sms-provider.js';
import { refuseTwilioError } from './twilio-error.js';

interface TwilioMessage {
  sid: string;
  status: string;
  error_code: string | number | null;
  error_message: string | null;
  message: string;
  more_info: string;
}

/** Twilio's Programmable Messaging: text messages and WhatsApp. */
export function twilioClient(credentials: Settings['sms']['twilio'], baseUrl: string, timeoutMs: number): SmsProvider {
  const { accountSid, authToken } = credentials;
  const url = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`;
  return {
    async send(message) {
      refuseChannel('Twilio', message, 'whatsapp');
      const fields = message.channel === 'whatsapp' ? whatsapp(message, credentials) : sms(message, credentials);
      const headers = basicAuthorization(accountSid, authToken);
      const answer = await postForm<TwilioMessage>({ url, fields, headers, timeoutMs });
      refuseTwilioError(answer);
      const { sid = '', status, error_code, error_message } = answer.body;
      if (status === 'failed' || status === 'undelivered')
        throw new SmsProviderError(`twilio error: ${error_message ?? ''} ${error_code ?? ''} for message ${sid}`);
      return sid;
    },
  };
}

type Credentials = Settings['sms']['twilio'];

function sms({ phone, text }: TextMessage, { messageServiceSid }: Credentials): Record<string, string> {
  return { To: `+${phone}`, Channel: 'sms', From: messageServiceSid, Body: text };
}

/** WhatsApp wants an approved template (`ContentSid`) for codes; a plain body is what older set-ups have. */
function whatsapp({ phone, text, otp }: TextMessage, { messageServiceSid, contentSid }: Credentials) {
  const isNumber = /^[1-9][0-9]{1,14}$/.test(messageServiceSid.replace(/^\+/, '').replaceAll(' ', ''));
  const fields = {
    To: `whatsapp:+${phone}`,
    Channel: 'whatsapp',
    From: isNumber ? `whatsapp:${messageServiceSid}` : messageServiceSid,
  };
  if (!contentSid) return { ...fields, Body: text };
  return { ...fields, ContentSid: contentSid, ContentVariables: `{"1": ${JSON.stringify(otp)}}` };
}
