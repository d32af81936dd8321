import { Inject, Injectable } from '@nestjs/common';
import type { RedeemedCode } from '@usher/contracts/identity-providers/flows.contract';
import type { FlowToStart } from '@usher/contracts/sign-in';
import { Database } from '@usher/database/database';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { v4 as uuid, v7 as uuidv7 } from 'uuid';
import { challengeMethod, checkExpiry, checkVerifier } from './flow-state.js';
import { flowNotFound, noFlowOfLink } from './flow-states.errors.js';
import { openToken } from './sealed-tokens.js';
import { FlowStatesRepository } from './flow-states.repository.js';
import { SessionEndsRepository } from './session-ends.repository.js';

/** PKCE flows (RFC 7636): a challenge waits for the link to be opened, then for the client that knows the verifier. */
@Injectable()
export class FlowStatesService {
  private readonly lifetimeMs: number;

  constructor(
    @Inject(SETTINGS) { providers }: Settings,
    private readonly database: Database,
    private readonly flows: FlowStatesRepository,
    private readonly clock: Clock,
    private readonly sessionEnds: SessionEndsRepository,
  ) {
    this.lifetimeMs = providers.flowStateExpiry;
  }

  async start({ codeChallengeMethod, ...flow }: FlowToStart): Promise<Record<string, never>> {
    // Ids in order tell two requests of one millisecond apart; the code is the secret.
    const row = { ...flow, id: uuidv7(), authCode: uuid(), codeChallengeMethod: challengeMethod(codeChallengeMethod) };
    await this.flows.insert(this.database, row, this.clock.now());
    return {};
  }

  async issueCode({ userId, method }: { userId: string; method: string }): Promise<{ code: string }> {
    const code = await this.flows.issueNewest(this.database, userId, method, this.clock.now());
    if (!code) throw noFlowOfLink();
    return { code };
  }

  /** A wrong verifier leaves the flow as it is; the right one uses it up, also when many ask at once. */
  async redeemCode({ authCode, codeVerifier }: { authCode: string; codeVerifier: string }): Promise<RedeemedCode> {
    const flow = await this.flows.findByCode(this.database, authCode);
    if (!flow?.user_id) throw flowNotFound();
    checkExpiry(flow, this.clock.now(), this.lifetimeMs);
    checkVerifier(flow, codeVerifier);
    if (!(await this.flows.remove(this.database, flow.id))) throw flowNotFound();
    const sso = flow.authentication_method === 'sso/saml';
    return {
      sessionNotAfter: sso ? await this.sessionEnds.take(this.database, flow.id) : undefined,
      userId: flow.user_id,
      method: flow.authentication_method,
      providerType: flow.provider_type,
      providerToken: openToken(authCode, flow.id, flow.provider_access_token),
      providerRefreshToken: openToken(authCode, flow.id, flow.provider_refresh_token),
    };
  }
}
