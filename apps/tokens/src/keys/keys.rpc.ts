import { Controller } from '@nestjs/common';
import type { JsonReply } from '@usher/contracts/rpc';
import { getJwks, getOpenidConfiguration } from '@usher/contracts/tokens/sessions.contract';
import { Handles } from '@usher/messaging/handles';
import { KeysService } from './keys.service.js';

@Controller()
export class KeysRpc {
  constructor(private readonly keys: KeysService) {}

  @Handles(getJwks)
  async getJwks(): Promise<JsonReply> {
    return this.keys.jwks;
  }

  @Handles(getOpenidConfiguration)
  async getOpenidConfiguration(): Promise<JsonReply> {
    return this.keys.openidConfiguration;
  }
}
