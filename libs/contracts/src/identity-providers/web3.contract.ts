import { rpc } from '../rpc.js';
import type { JsonObject } from '../user-object.js';
import type { ExternalIdentity, Spendable } from '../users/external-accounts.contract.js';

export interface SignedMessage {
  chain: string;
  message: string;
  signature: string;
}

export interface VerifiedWallet {
  identity: ExternalIdentity;
  spend: Spendable;
  /** Of the further `login` entry in the audit log. */
  loginTraits: JsonObject;
  /** Where the message says that it was signed: whether this server lets people in there is for the caller to decide. */
  signedFor: { uri: string; domain: string };
  /** What is wrong with its times: told only after the place was found right. */
  untimely?: string;
}

/** POST /token?grant_type=web3 up to the account (external-providers.md §12): grammar, signature and times. */
export const verifyWallet = rpc<SignedMessage, VerifiedWallet>('identity-providers', 'verify-wallet');
