import type { FormAnswer } from './post-form.js';
import { SmsProviderError } from './sms-provider.js';

interface TwilioFailure {
  message: string;
  more_info: string;
}

/** @throws SmsProviderError with Twilio's own words, unless the request was accepted. */
export function refuseTwilioError({ status, body }: FormAnswer<TwilioFailure>): void {
  if (status === 200 || status === 201) return;
  throw new SmsProviderError(`${body.message ?? ''} More information: ${body.more_info ?? ''}`);
}
