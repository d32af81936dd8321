import type { Settings } from '@usher/runtime/settings/settings';
import { postForm } from './post-form.js';
import { refuseChannel, SmsProviderError, type SmsProvider } from './sms-provider.js';

interface TextlocalAnswer {
  status: string;
  errors: { code?: number; message?: string }[];
}

export function textlocalClient(
  { apiKey, sender }: Settings['sms']['textlocal'],
  baseUrl: string,
  timeoutMs: number,
): SmsProvider {
  return {
    async send(message) {
      refuseChannel('TextLocal', message);
      const fields = { sender, apikey: apiKey, message: message.text, numbers: message.phone };
      const { body } = await postForm<TextlocalAnswer>({ url: `${baseUrl}/send`, fields, timeoutMs });
      if (body.status === 'success') return '';
      // The reference adds the text of the message, and so the code, for error 80.
      const { message: reason = 'unknown error', code = 0 } = body.errors?.[0] ?? {};
      throw new SmsProviderError(`textlocal error: ${reason} (code: ${code})`);
    },
  };
}
