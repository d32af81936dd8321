import { Inject, Injectable } from '@nestjs/common';
import type { SignedMessage, VerifiedWallet } from '@usher/contracts/identity-providers/web3.contract';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { CHAINS, type Chain } from './chain.js';
import { checkEthereumSignature, fitsEthereum } from './ethereum.js';
import { isSecurePlace, lastUse, timeProblem } from './message-rules.js';
import { parseSignInMessage, type SignInMessage } from './sign-in-message.js';
import { decodeSolanaSignature, fitsSolana } from './solana.js';
import { chainDisabled, invalidMessage, refusedMessage, unsupportedChain, web3Disabled } from './web3.errors.js';

const MIN_BYTES = 64;
const MAX_BYTES = 20_480;

/** Sign-in with a wallet (external-providers.md §12): checks in the order in which the reference finds fault. */
@Injectable()
export class WalletsService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  async verify({ chain: name, message: text, signature }: SignedMessage): Promise<VerifiedWallet> {
    const chain = this.chainOf(name);
    const size = Buffer.byteLength(text);
    if (size < MIN_BYTES) throw invalidMessage('message is too short');
    if (size > MAX_BYTES) throw invalidMessage('message must not exceed 20KB');
    const message = await this.read(chain, text, signature);
    if (!isSecurePlace(message))
      throw refusedMessage(`Signed ${chain.label} message is using URI which does not use HTTPS`);
    const { maximumValidity } = this.settings.providers.web3[chain.name];
    const untimely = timeProblem(message, chain.label, this.clock.now().getTime(), maximumValidity);
    const expiresAt = new Date(lastUse(message, maximumValidity)).toISOString();
    return {
      ...describe(chain, message),
      spend: { purpose: 'web3-message', value: spentValue(chain, text), expiresAt },
      untimely,
    };
  }

  private chainOf(name: string): Chain {
    const { solana, ethereum } = this.settings.providers.web3;
    if (!solana.enabled && !ethereum.enabled) throw web3Disabled();
    const chain = Object.hasOwn(CHAINS, name) ? CHAINS[name] : undefined;
    if (!chain) throw unsupportedChain();
    if (!this.settings.providers.web3[chain.name].enabled) throw chainDisabled(chain.label);
    return chain;
  }

  private async read(chain: Chain, text: string, signature: string): Promise<SignInMessage> {
    if (chain.name === 'solana') {
      const bytes = decodeSolanaSignature(signature);
      const message = parseSignInMessage(text, chain);
      if (await fitsSolana(text, message, bytes)) return message;
    } else {
      checkEthereumSignature(signature);
      const message = parseSignInMessage(text, chain);
      if (await fitsEthereum(text, message, signature)) return message;
    }
    throw refusedMessage('Signature does not match address in message');
  }
}

/** The message, not its signature: of one message there are many good signatures. */
function spentValue(chain: Chain, text: string): string {
  return `${chain.name}\0${text}`;
}

function describe(chain: Chain, { address, domain, statement, chainId, uri }: SignInMessage) {
  const subject = `web3:${chain.name}:${address}`;
  const custom_claims = { address, chain: chain.name, network: chainId, domain, statement };
  const claims = { sub: subject, email_verified: false, phone_verified: false, custom_claims };
  return {
    identity: { provider: 'web3', subject, emails: [], claims },
    loginTraits: { provider: 'web3', chain: chain.name, network: chainId, address, domain, uri },
    signedFor: { uri, domain },
  };
}
