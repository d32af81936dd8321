import type { SignInMessage } from './sign-in-message.js';
import { invalidMessage } from './web3.errors.js';

/** Only the length is looked at here, as the reference does: what is no hexadecimal fits no address. */
export function checkEthereumSignature(signature: string): void {
  if (signature.replace(/^0x/, '').length !== 130)
    throw invalidMessage('signature must be 65 bytes long, encoded as a 130 character-long hexadecimal string');
}

/** The address that is recovered from an EIP-191 signature is the one of the message. */
export async function fitsEthereum(text: string, message: SignInMessage, signature: string): Promise<boolean> {
  const { recoverMessageAddress } = await import('viem/utils');
  if (!/^(?:0x)?[0-9a-fA-F]{130}$/.test(signature)) return false;
  const hex = `0x${signature.replace(/^0x/, '')}` as const;
  try {
    const address = await recoverMessageAddress({ message: text, signature: hex });
    return address.toLowerCase() === message.address.toLowerCase();
  } catch {
    // Points that are on no curve, recovery values that do not exist.
    return false;
  }
}
