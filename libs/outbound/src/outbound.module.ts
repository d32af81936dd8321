import { Module } from '@nestjs/common';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { OutboundClient } from './outbound-client.js';

const client = {
  provide: OutboundClient,
  useFactory: ({ usher }: Settings) => new OutboundClient(usher.outboundAllowedHosts),
  inject: [SETTINGS],
};

@Module({ providers: [client], exports: [client] })
export class OutboundModule {}
