import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { Bearer, RequestContext } from '@usher/contracts/request-context';
import {
  endOwnSession,
  endUserSessions,
  listSessions,
  listUserSessions,
  type DeviceSessions,
} from '@usher/contracts/tokens/devices.contract';
import { Handles } from '@usher/messaging/handles';
import { DevicesService } from './devices.service.js';

@Controller()
export class DevicesRpc {
  constructor(private readonly devices: DevicesService) {}

  @Handles(listSessions)
  list(@Payload() { bearer }: { bearer: Bearer }): Promise<DeviceSessions> {
    return this.devices.list(bearer);
  }

  @Handles(endOwnSession)
  async end(
    @Payload() { bearer, sessionId }: { bearer: Bearer; sessionId: string },
    @Ctx() context: RequestContext,
  ): Promise<Record<string, never>> {
    await this.devices.end(bearer, sessionId, context);
    return {};
  }

  @Handles(listUserSessions)
  listOf(@Payload() { userId }: { userId: string }): Promise<DeviceSessions> {
    return this.devices.listOf(userId);
  }

  @Handles(endUserSessions)
  endOf(
    @Payload() { userId, sessionId }: { userId: string; sessionId: string | null },
    @Ctx() context: RequestContext,
  ): Promise<{ ended: number }> {
    return this.devices.endOf(userId, sessionId, context);
  }
}
