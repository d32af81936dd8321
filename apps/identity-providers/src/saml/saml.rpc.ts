import { Controller } from '@nestjs/common';
import {
  acceptSamlAnswer,
  completeSsoFlow,
  getSamlMetadata,
  startSso,
  type SamlAnswer,
  type StartSsoInput,
} from '@usher/contracts/identity-providers/saml.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Handles } from '@usher/messaging/handles';
import { SsoAnswersService } from './sso-answers.service.js';
import { SsoRequestsService } from './sso-requests.service.js';

@Controller()
export class SamlRpc {
  constructor(
    private readonly requests: SsoRequestsService,
    private readonly answers: SsoAnswersService,
  ) {}

  @Handles(getSamlMetadata)
  metadata({ download }: { download: boolean }) {
    return this.requests.metadata(download);
  }

  @Handles(startSso)
  start(input: StartSsoInput) {
    return this.requests.start(input);
  }

  @Handles(acceptSamlAnswer)
  accept(answer: SamlAnswer, context: RequestContext) {
    return this.answers.accept(answer, context);
  }

  @Handles(completeSsoFlow)
  complete(input: { flowId: string; userId: string; sessionNotAfter?: string }) {
    return this.answers.complete(input);
  }
}
