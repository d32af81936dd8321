import { Controller } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { JsonReply } from '@usher/contracts/rpc';
import { checkSession, endSessions, logOut, openSession } from '@usher/contracts/tokens/sessions.contract';
import type { EndSessionsInput, LogOutInput, OpenSessionInput } from '@usher/contracts/tokens/sessions.contract';
import { Handles } from '@usher/messaging/handles';
import { SessionsService } from './sessions.service.js';

@Controller()
export class SessionsRpc {
  constructor(private readonly sessions: SessionsService) {}

  @Handles(openSession)
  open(input: OpenSessionInput, context: RequestContext): Promise<JsonReply> {
    return this.sessions.open(input, context);
  }

  @Handles(logOut)
  async logOut({ bearer, scope }: LogOutInput, context: RequestContext): Promise<Record<string, never>> {
    await this.sessions.logOut(bearer, scope, context);
    return {};
  }

  @Handles(endSessions)
  async end(input: EndSessionsInput, context: RequestContext): Promise<{ ended: number }> {
    return { ended: await this.sessions.end(input.userId, input.keepSessionId, input.reason, context) };
  }

  @Handles(checkSession)
  async check({ bearer }: { bearer: Bearer }): Promise<Record<string, never>> {
    await this.sessions.check(bearer);
    return {};
  }
}
