import { Controller } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import {
  adminFindFactor,
  adminListFactors,
  adminRemoveFactor,
  adminUpdateFactor,
  type AdminFactor,
} from '@usher/contracts/users/factors.contract';
import { Handles } from '@usher/messaging/handles';
import { AdminFactors } from './admin-factors.service.js';

@Controller()
export class AdminFactorsRpc {
  constructor(private readonly factors: AdminFactors) {}

  @Handles(adminListFactors)
  list({ userId }: { userId: string }) {
    return this.factors.list(userId);
  }

  @Handles(adminFindFactor)
  async find(named: AdminFactor) {
    await this.factors.find(named);
    return {};
  }

  @Handles(adminUpdateFactor)
  update(input: AdminFactor & { friendlyName?: string; phone?: string }, context: RequestContext) {
    return this.factors.update(input, context);
  }

  @Handles(adminRemoveFactor)
  remove(named: AdminFactor, context: RequestContext) {
    return this.factors.remove(named, context);
  }
}
