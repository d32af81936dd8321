import { Global, Module } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import { LOGGER, type Logger } from '@usher/runtime/logger';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { LIMIT_STORE, type LimitStore } from './limit-store.js';
import { Limits } from './limits.js';
import { MemoryLimitStore } from './memory-limit-store.js';
import { NatsLimitStore } from './nats-limit-store.js';

function chooseStore({ usher }: Settings, nats: NatsConnection, logger: Logger): LimitStore {
  return usher.rateLimitStore === 'nats' ? new NatsLimitStore(nats, logger) : new MemoryLimitStore();
}

@Global()
@Module({
  providers: [Limits, { provide: LIMIT_STORE, useFactory: chooseStore, inject: [SETTINGS, NATS, LOGGER] }],
  exports: [Limits],
})
export class LimitsModule {}
