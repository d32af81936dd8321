import type { Settings } from '@usher/runtime/settings/settings';
import { postForm } from './post-form.js';
import { refuseChannel, SmsProviderError, type SmsProvider } from './sms-provider.js';

interface VonageAnswer {
  messages: { 'message-id'?: string; status?: string; 'error-text'?: string }[];
}

export function vonageClient(
  { apiKey, apiSecret, from }: Settings['sms']['vonage'],
  baseUrl: string,
  timeoutMs: number,
): SmsProvider {
  return {
    async send(message) {
      refuseChannel('Vonage', message);
      const { phone, text } = message;
      const isAscii = [...text].every((character) => character <= '\x7f');
      const { body } = await postForm<VonageAnswer>({
        url: `${baseUrl}/sms/json`,
        fields: {
          ...{ from, to: phone, text, api_key: apiKey, api_secret: apiSecret },
          ...(isAscii ? {} : { type: 'unicode' }),
        },
        timeoutMs,
      });
      const sent = body.messages?.[0];
      if (!sent) throw new SmsProviderError('vonage error: Internal Error');
      const { 'message-id': id = '', status = '', 'error-text': reason = '' } = sent;
      // The status of HTTP says nothing here.
      if (status !== '0') throw new SmsProviderError(`vonage error: ${reason} (status: ${status}) for message ${id}`);
      return id;
    },
  };
}
