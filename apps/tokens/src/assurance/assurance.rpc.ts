import { Controller } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import {
  lowerSessions,
  prepareUpgrade,
  upgradeSession,
  type LowerSessionsInput,
  type UpgradeSessionInput,
} from '@usher/contracts/tokens/assurance.contract';
import { Handles } from '@usher/messaging/handles';
import { SessionDowngrades } from './session-downgrades.service.js';
import { SessionUpgrades } from './session-upgrades.service.js';

@Controller()
export class AssuranceRpc {
  constructor(
    private readonly upgrades: SessionUpgrades,
    private readonly downgrades: SessionDowngrades,
  ) {}

  @Handles(prepareUpgrade)
  prepare({ bearer, method }: { bearer: Bearer; method: string }, context: RequestContext) {
    return this.upgrades.prepare(bearer, method, context);
  }

  @Handles(upgradeSession)
  upgrade(input: UpgradeSessionInput, context: RequestContext) {
    return this.upgrades.upgrade(input, context);
  }

  @Handles(lowerSessions)
  async lower(input: LowerSessionsInput, context: RequestContext) {
    return { lowered: await this.downgrades.lower(input, context) };
  }
}
