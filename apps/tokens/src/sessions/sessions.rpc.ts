import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { JsonReply } from '@usher/contracts/rpc';
import { checkSession, endSessions, logOut, openSession } from '@usher/contracts/tokens/sessions.contract';
import type { EndSessionsInput, LogOutInput, OpenSessionInput } from '@usher/contracts/tokens/sessions.contract';
import { Handles } from '@usher/messaging/handles';
import { BearerSessions } from './bearer-sessions.service.js';
import { SessionEndings } from './session-endings.service.js';
import { SessionsService } from './sessions.service.js';

@Controller()
export class SessionsRpc {
  constructor(
    private readonly sessions: SessionsService,
    private readonly endings: SessionEndings,
    private readonly bearers: BearerSessions,
  ) {}

  @Handles(openSession)
  open(@Payload() input: OpenSessionInput, @Ctx() context: RequestContext): Promise<JsonReply> {
    return this.sessions.open(input, context);
  }

  @Handles(logOut)
  async logOut(
    @Payload() { bearer, scope }: LogOutInput,
    @Ctx() context: RequestContext,
  ): Promise<Record<string, never>> {
    await this.endings.logOut(bearer, scope, context);
    return {};
  }

  @Handles(endSessions)
  async end(@Payload() input: EndSessionsInput, @Ctx() context: RequestContext): Promise<{ ended: number }> {
    return { ended: await this.endings.end(input.userId, input.keepSessionId, input.reason, context) };
  }

  @Handles(checkSession)
  async check(@Payload() { bearer }: { bearer: Bearer }): Promise<Record<string, never>> {
    await this.bearers.check(bearer);
    return {};
  }
}
