import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AuthError } from '@usher/contracts/errors';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { relyingParty, type RelyingParty } from './relying-party.js';

const CHALLENGE_BYTES = 32;

/** The relying party of this server, for factors and passkeys alike. */
@Injectable()
export class RelyingParties {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  get(): RelyingParty {
    const rp = relyingParty(this.settings.passkeys);
    if (rp) return rp;
    const detail = 'GOTRUE_WEBAUTHN_RP_ID and GOTRUE_WEBAUTHN_RP_ORIGINS are needed for WebAuthn';
    throw new AuthError('unexpected_failure', 'Failed to initialize WebAuthn', { detail });
  }

  /** Base64url. */
  newChallenge(): string {
    return randomBytes(CHALLENGE_BYTES).toString('base64url');
  }
}
