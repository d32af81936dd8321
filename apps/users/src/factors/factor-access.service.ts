import { Injectable } from '@nestjs/common';
import type { Bearer } from '@usher/contracts/request-context';
import type { NamedFactor } from '@usher/contracts/users/factors.contract';
import type { CurrentUser } from '../accounts/current-user.js';
import { CurrentUserService } from '../accounts/current-user.service.js';
import type { FactorRow } from './factor.entity.js';
import { anonymous, factorNotFound, notAUuid } from './factors.errors.js';
import { FactorsRepository } from './factors.repository.js';

/** A user and the factor that the route names, beside all of the user's factors. */
export interface FoundFactor {
  user: CurrentUser;
  factor: FactorRow;
  factors: FactorRow[];
}

/** Who may touch factors (mfa-and-passkeys.md §1): permanent users, each their own. */
@Injectable()
export class FactorAccess {
  constructor(
    private readonly current: CurrentUserService,
    private readonly factors: FactorsRepository,
  ) {}

  async caller(bearer: Bearer): Promise<CurrentUser> {
    const user = await this.current.load(bearer);
    if (bearer.isAnonymous) throw anonymous();
    return user;
  }

  async find({ bearer, factorId }: NamedFactor): Promise<FoundFactor> {
    const user = await this.caller(bearer);
    return { user, ...(await this.ofUser(user.id, factorId)) };
  }

  async ofUser(userId: string, factorId: string | null): Promise<{ factor: FactorRow; factors: FactorRow[] }> {
    if (!factorId) throw notAUuid();
    const factors = await this.factors.findOfUser(userId);
    const factor = factors.find(({ id }) => id === factorId);
    if (!factor) throw factorNotFound();
    return { factor, factors };
  }
}
