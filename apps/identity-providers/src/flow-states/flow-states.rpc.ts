import { Controller } from '@nestjs/common';
import {
  issueCode,
  redeemCode,
  startFlow,
  type RedeemedCode,
} from '@usher/contracts/identity-providers/flows.contract';
import type { FlowToStart } from '@usher/contracts/sign-in';
import { Handles } from '@usher/messaging/handles';
import { FlowStatesService } from './flow-states.service.js';

@Controller()
export class FlowStatesRpc {
  constructor(private readonly flows: FlowStatesService) {}

  @Handles(startFlow)
  start(flow: FlowToStart): Promise<Record<string, never>> {
    return this.flows.start(flow);
  }

  @Handles(issueCode)
  issue(input: { userId: string; method: string }): Promise<{ code: string }> {
    return this.flows.issueCode(input);
  }

  @Handles(redeemCode)
  redeem(input: { authCode: string; codeVerifier: string }): Promise<RedeemedCode> {
    return this.flows.redeemCode(input);
  }
}
