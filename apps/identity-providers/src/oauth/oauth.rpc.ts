import { Controller } from '@nestjs/common';
import {
  completeOAuthFlow,
  findOAuthFlow,
  receiveOAuthAnswer,
  releaseOAuthFlow,
  startOAuth,
  type ProviderTokens,
  type StartOAuthInput,
} from '@usher/contracts/identity-providers/oauth.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Handles } from '@usher/messaging/handles';
import { OAuthAnswer } from './oauth-answer.service.js';
import { OAuthStart } from './oauth-start.service.js';

@Controller()
export class OAuthRpc {
  constructor(
    private readonly starts: OAuthStart,
    private readonly answers: OAuthAnswer,
  ) {}

  @Handles(startOAuth)
  start(input: StartOAuthInput, context: RequestContext) {
    return this.starts.start(input, context);
  }

  @Handles(findOAuthFlow)
  find(input: { state: string }) {
    return this.answers.find(input);
  }

  @Handles(receiveOAuthAnswer)
  receive(input: { flowId: string; parameters: [string, string][] }) {
    return this.answers.receive(input);
  }

  @Handles(completeOAuthFlow)
  complete(input: { flowId: string; userId: string; tokens: ProviderTokens }) {
    return this.answers.complete(input);
  }

  @Handles(releaseOAuthFlow)
  release(input: { flowId: string }) {
    return this.answers.release(input);
  }
}
