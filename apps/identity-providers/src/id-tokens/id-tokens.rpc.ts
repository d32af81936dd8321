import { Controller } from '@nestjs/common';
import { verifyIdToken, type VerifyIdTokenInput } from '@usher/contracts/identity-providers/oauth.contract';
import { Handles } from '@usher/messaging/handles';
import { IdTokens } from './id-tokens.service.js';

@Controller()
export class IdTokensRpc {
  constructor(private readonly tokens: IdTokens) {}

  @Handles(verifyIdToken)
  verify(input: VerifyIdTokenInput) {
    return this.tokens.verify(input);
  }
}
