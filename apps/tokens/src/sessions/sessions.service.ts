import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import type { JsonReply } from '@usher/contracts/rpc';
import type { OpenSessionInput } from '@usher/contracts/tokens/sessions.contract';
import { Database } from '@usher/database/database';
import { Outbox } from '@usher/messaging/outbox';
import { Clock } from '@usher/runtime/clock';
import { v4 as uuid } from 'uuid';
import { AccessTokensService } from '../access-tokens/access-tokens.service.js';
import { RefreshTokenIssuer } from '../refresh-tokens/refresh-token-issuer.js';
import { sessionCreated } from './session-events.js';
import { sessionReply, subjectHeaders } from './session-reply.js';
import { userMissing } from './sessions.errors.js';
import { SessionsRepository } from './sessions.repository.js';

@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsRepository,
    private readonly accessTokens: AccessTokensService,
    private readonly issuer: RefreshTokenIssuer,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** tokens-and-sessions.md §4. The access token is made first: a hook that refuses leaves nothing written. */
  async open({ signIn, extra }: OpenSessionInput, context: RequestContext): Promise<JsonReply> {
    const { user, method } = signIn;
    const now = this.clock.now();
    const id = uuid();
    const first = this.issuer.first(id);
    const session = { id, created_at: now.toISOString(), oauth_client_id: null, scopes: null };
    const amr = [{ method, timestamp: Math.floor(now.getTime() / 1000) }];
    const access = await this.accessTokens.mint({ user, session, amr, method }, context, now);
    const row = {
      ...{ id, userId: user.id, method, notAfter: signIn.notAfter ?? null, oauthClientId: null, scopes: null },
      ...{ userAgent: context.userAgent || null, ip: context.ip || null },
      ...{ refreshToken: first.version === 1 ? first.token : null, hmacKey: first.version === 2 ? first.key : null },
    };
    const actor = { type: 'user', id: user.id } as const;
    await this.database.transaction(async (tx) => {
      const inserted = await this.sessions.insert(tx, row, now);
      if (!inserted) throw userMissing();
      await this.outbox.append(tx, { ...context, actor }, id, sessionCreated(inserted, method));
    });
    const headers = { ...subjectHeaders(user.id, id), ...first.headers };
    return sessionReply({ ...signIn, access, refreshToken: first.token, extra }, headers);
  }
}
