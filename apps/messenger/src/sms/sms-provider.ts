/** A text message on its way to a provider. */
export interface TextMessage {
  /** Digits without `+`. */
  phone: string;
  /** `sms`, or `whatsapp` where the provider has it. */
  channel: string;
  text: string;
  /** The code in the text; some providers put it into a text of their own. */
  otp: string;
}

export interface SmsProvider {
  /** The provider's id of the message, '' when it gives none. @throws SmsProviderError */
  send(message: TextMessage): Promise<string>;
}

/** A provider that keeps the codes itself. */
export interface VerifyingProvider extends SmsProvider {
  /** Whether this is the code that was sent. @throws SmsProviderError */
  isCodeOf(phone: string, code: string): Promise<boolean>;
}

/** A provider that refused or could not be reached. The message is shown to clients: never the text that was sent, nor an account. */
export class SmsProviderError extends Error {}

/** @throws SmsProviderError */
export function refuseChannel(provider: string, { channel }: TextMessage, ...known: string[]): void {
  if (!['sms', ...known].includes(channel))
    throw new SmsProviderError(`channel type ${JSON.stringify(channel)} is not supported for ${provider}`);
}
