import type { SignInMessage } from './sign-in-message.js';
import { invalidMessage } from './web3.errors.js';

const APPLICATION_DOMAIN_BYTES = 32;

/** 64 bytes in base64 of either alphabet, with or without padding. */
export function decodeSolanaSignature(signature: string): Buffer {
  if (signature.length !== 86 && signature.length !== 88)
    throw invalidMessage('signature must be 64 bytes encoded as base64 with or without padding');
  if (!/^(?:[A-Za-z0-9+/]{86}|[A-Za-z0-9_-]{86})(?:==)?$/.test(signature))
    throw invalidMessage('signature does not contain valid base64 characters');
  return Buffer.from(signature, 'base64');
}

/** Ed25519 over the message, or over the envelope that hardware wallets put around it. An address that is no key fits nothing. */
export async function fitsSolana(text: string, message: SignInMessage, signature: Buffer): Promise<boolean> {
  const [{ ed25519 }, { base58 }] = await Promise.all([import('@noble/curves/ed25519.js'), import('@scure/base')]);
  let key: Uint8Array;
  try {
    key = base58.decode(message.address);
  } catch {
    return false;
  }
  if (key.length !== 32) return false;
  const bytes = Buffer.from(text);
  // Without `zip215: false` keys of small order would verify signatures of anything.
  const verifies = (signed: Uint8Array): boolean => {
    try {
      return ed25519.verify(signature, signed, key, { zip215: false });
    } catch {
      return false;
    }
  };
  return verifies(bytes) || verifies(envelope(bytes, message.domain, key));
}

/** Solana's off-chain message format, version 0. */
function envelope(text: Buffer, domain: string, key: Uint8Array): Buffer {
  const application = Buffer.alloc(APPLICATION_DOMAIN_BYTES);
  application.write(domain);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(text.length & 0xffff);
  const start = Buffer.from('\xffsolana offchain\0', 'latin1');
  return Buffer.concat([start, application, Buffer.from([0, 1]), key, length, text]);
}
