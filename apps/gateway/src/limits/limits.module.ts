import { Global, Module } from '@nestjs/common';
import { LIMIT_STORE } from './limit-store.js';
import { Limits } from './limits.js';
import { MemoryLimitStore } from './memory-limit-store.js';

@Global()
@Module({
  providers: [Limits, { provide: LIMIT_STORE, useClass: MemoryLimitStore }],
  exports: [Limits],
})
export class LimitsModule {}
