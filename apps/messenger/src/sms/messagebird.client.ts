import type { Settings } from '@usher/runtime/settings/settings';
import { postForm } from './post-form.js';
import { refuseChannel, SmsProviderError, type SmsProvider } from './sms-provider.js';

interface MessagebirdMessage {
  id: string;
  recipients: { totalSentCount?: number };
  errors: { description?: string }[];
}

export function messagebirdClient(
  { accessKey, originator }: Settings['sms']['messagebird'],
  baseUrl: string,
  timeoutMs: number,
): SmsProvider {
  return {
    async send(message) {
      refuseChannel('Messagebird', message);
      const { phone, text } = message;
      const { status, body } = await postForm<MessagebirdMessage>({
        url: `${baseUrl}/messages`,
        fields: { originator, body: text, recipients: phone, type: 'sms', datacoding: 'unicode' },
        headers: { authorization: `AccessKey ${accessKey}` },
        timeoutMs,
      });
      if ([400, 401, 403, 422].includes(status))
        throw new SmsProviderError(body.errors?.[0]?.description ?? `messagebird error: status ${status}`);
      if (!body.recipients?.totalSentCount) throw new SmsProviderError('messagebird error: total sent count is 0');
      return body.id ?? '';
    },
  };
}
