import { Injectable } from '@nestjs/common';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import type { DeviceSession, DeviceSessions } from '@usher/contracts/tokens/devices.contract';
import { adminActor, type AuditEntry } from '@usher/messaging/audit-log';
import { actorOf } from '../sessions/audit-actor.js';
import { BearerSessions } from '../sessions/bearer-sessions.service.js';
import { SessionEndings } from '../sessions/session-endings.service.js';
import type { ListedSession } from '../sessions/session.entity.js';
import { SessionsRepository, type UserAndSession } from '../sessions/sessions.repository.js';
import { deviceOf } from './device.js';
import { notForClients, sessionNotFound, userNotFound } from './devices.errors.js';

/** The sessions of a user as a list of devices, for himself and for administrators. */
@Injectable()
export class DevicesService {
  constructor(
    private readonly bearers: BearerSessions,
    private readonly sessions: SessionsRepository,
    private readonly endings: SessionEndings,
  ) {}

  async list(bearer: Bearer): Promise<DeviceSessions> {
    const user = await this.owner(bearer);
    return this.sessionsOf(user, user.session?.id ?? null);
  }

  async listOf(userId: string): Promise<DeviceSessions> {
    return this.sessionsOf(await this.named(userId), null);
  }

  async end(bearer: Bearer, sessionId: string, context: RequestContext): Promise<void> {
    const user = await this.owner(bearer);
    const entry: AuditEntry = { actor: actorOf(user), action: 'logout', traits: { session_id: sessionId } };
    if (!(await this.endings.endOne(user.id, sessionId, 'ended_by_user', context, entry))) throw sessionNotFound();
  }

  async endOf(userId: string, sessionId: string | null, context: RequestContext): Promise<{ ended: number }> {
    await this.named(userId);
    const actor = adminActor(context.actor.id ?? '');
    const traits = { user_id: userId, ...(sessionId === null ? {} : { session_id: sessionId }) };
    const entry: AuditEntry = { actor, action: 'logout', traits };
    if (sessionId === null) return { ended: await this.endings.end(userId, null, 'ended_by_admin', context, entry) };
    if (!(await this.endings.endOne(userId, sessionId, 'ended_by_admin', context, entry))) throw sessionNotFound();
    return { ended: 1 };
  }

  /** An application that holds a token of the user has no business with his devices. */
  private async owner(bearer: Bearer): Promise<UserAndSession> {
    const user = await this.bearers.authenticated(bearer);
    if (bearer.clientId || user.session?.oauth_client_id) throw notForClients();
    return user;
  }

  private async named(userId: string): Promise<UserAndSession> {
    const user = await this.sessions.findWithUser(userId, null);
    if (!user) throw userNotFound();
    return user;
  }

  private async sessionsOf(user: UserAndSession, currentId: string | null): Promise<DeviceSessions> {
    const listed = await this.sessions.list(user.id);
    const alive = listed.filter(({ session }) => this.bearers.isValid(session, user));
    return { sessions: alive.map((each) => toDeviceSession(each, currentId)) };
  }
}

/** Names each member, so that the key of the refresh tokens can never slip in. */
function toDeviceSession({ session, methods }: ListedSession, currentId: string | null): DeviceSession {
  const { id, created_at, refreshed_at, not_after, aal, ip, user_agent, tag, oauth_client_id } = session;
  return {
    ...{ id, created_at, last_seen_at: refreshed_at ?? created_at, not_after, aal, methods, ip, user_agent },
    ...{ device: deviceOf(user_agent), tag, oauth_client_id, current: id === currentId },
  };
}
