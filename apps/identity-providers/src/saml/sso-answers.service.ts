import { Inject, Injectable } from '@nestjs/common';
import type { AcceptedSamlAnswer, SamlAnswer } from '@usher/contracts/identity-providers/saml.contract';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { Clock } from '@usher/runtime/clock';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { SessionEndsRepository } from '../flow-states/session-ends.repository.js';
import type { SsoProviderRow } from '../sso-providers/sso-provider.entity.js';
import { SsoProvidersRepository } from '../sso-providers/sso-providers.repository.js';
import { checkAnswer, lastUse, sessionEnd } from './answer-rules.js';
import { CurrentMetadata } from './current-metadata.service.js';
import { personOf } from './person.js';
import { readRelayState, type Asked, type Unasked } from './relay-state.js';
import { RelayStatesRepository } from './relay-states.repository.js';
import {
  flowUsed,
  invalidAssertion,
  invalidRequest,
  providerOfAnswerDisabled,
  relayStateExpired,
  relayStateNotFound,
  unknownIdp,
} from './saml.errors.js';
import { ServiceProviderRole } from './service-provider.provider.js';
import { claimedIssuer, decodeAnswer } from './unverified-answer.js';
import { verifiedAnswer, type VerifiedAnswer } from './verified-assertion.js';

interface FinishedFlow {
  flowId: string;
  userId: string;
  sessionNotAfter?: string;
}

/** Answers of identity providers (sso-saml.md §5). */
@Injectable()
export class SsoAnswersService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly providers: SsoProvidersRepository,
    private readonly relayStates: RelayStatesRepository,
    private readonly role: ServiceProviderRole,
    private readonly metadata: CurrentMetadata,
    private readonly sessionEnds: SessionEndsRepository,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async accept(answer: SamlAnswer, context: RequestContext): Promise<AcceptedSamlAnswer> {
    this.role.get();
    const asked = readRelayState(answer.relayState) ?? (await this.take(answer.relayState));
    const { xml, provider } = await this.read(answer, asked);
    if (provider.disabled) throw providerOfAnswerDisabled();
    const { assertion } = await this.validate(xml, provider, asked.requestId, context);
    const { id, entity_id, attribute_mapping } = provider;
    const value = `${entity_id}\0${assertion.getAttribute('ID') ?? ''}`;
    return {
      identity: personOf(assertion, id, entity_id, attribute_mapping ?? {}),
      spend: { purpose: 'saml-assertion', value, expiresAt: lastUse(assertion).toISOString() },
      sessionNotAfter: sessionEnd(assertion),
      redirectTo: asked.redirectTo,
      flow: asked.flow,
    };
  }

  /** The user of the flow is known: the code, or null when the flow ends here with a session. */
  async complete({ flowId, userId, sessionNotAfter }: FinishedFlow): Promise<{ code: string | null }> {
    const now = this.clock.now();
    const code = await this.database.transaction(async (tx) => {
      const claimed = await this.relayStates.claimFlow(tx, flowId, userId, now);
      if (claimed && sessionNotAfter) await this.sessionEnds.keep(tx, flowId, sessionNotAfter, now);
      return claimed;
    });
    if (code) return { code };
    if (await this.relayStates.removeFlow(this.database, flowId)) return { code: null };
    throw flowUsed();
  }

  private async read(answer: SamlAnswer, asked: Asked | Unasked): Promise<{ xml: string; provider: SsoProviderRow }> {
    if (asked.requestId !== null) {
      const provider = await this.providers.findById(this.database, asked.providerId);
      if (!provider) throw unknownIdp();
      if (provider.disabled) throw providerOfAnswerDisabled();
      return { xml: decodeAnswer(answer.response), provider };
    }
    if (answer.artifact) throw invalidRequest('SAML Artifact response can only be used with SP initiated flow');
    const xml = decodeAnswer(answer.response);
    const provider = await this.providers.findByEntity(this.database, await claimedIssuer(xml));
    if (!provider) throw unknownIdp();
    return { xml, provider };
  }

  /** Removed before anything is checked, and for good: an answer has one try. */
  private async take(relayState: string): Promise<Asked> {
    const row = await this.relayStates.take(this.database, relayState);
    if (!row) throw relayStateNotFound();
    const age = this.clock.now().getTime() - Date.parse(row.created_at);
    if (age >= this.settings.saml.relayStateValidity) throw relayStateExpired();
    const { sso_provider_id: providerId, request_id: requestId, flow_state_id: flowId } = row;
    const flow = flowId ? await this.relayStates.findFlow(this.database, flowId) : undefined;
    if (!flow || !flowId) throw relayStateNotFound();
    if (flow.used) throw flowUsed();
    return { requestId, providerId, redirectTo: row.redirect_to ?? '', flow: { id: flowId, pkce: flow.pkce } };
  }

  /** With our present key; an assertion that was encrypted for the next one is tried with that. */
  private async validate(
    xml: string,
    provider: SsoProviderRow,
    requestId: string | null,
    context: RequestContext,
  ): Promise<VerifiedAnswer> {
    const sp = this.role.get();
    const idp = await this.metadata.of(provider, context);
    const now = this.clock.now();
    const trust = { certificates: idp.signingCertificates, now, sha1: !this.settings.usher.strict.samlSha1 };
    const expected = { ...{ idpEntityId: idp.entityId, spEntityId: sp.entityId, acsUrl: sp.acsUrl }, requestId, now };
    const keys = sp.encryption && sp.next ? [sp.primary.key, sp.next.key] : [sp.primary.key];
    let first: unknown;
    for (const key of keys) {
      try {
        const answer = await verifiedAnswer(xml, trust, key);
        checkAnswer(answer, expected);
        return answer;
      } catch (error) {
        first ??= error;
      }
    }
    this.logger.info({ reason: String(first), sso_provider_id: provider.id }, 'SAML answer refused');
    throw invalidAssertion(first);
  }
}
