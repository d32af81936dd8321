import { Module } from '@nestjs/common';
import { FlowStatesRepository } from './flow-states.repository.js';
import { FlowStatesRpc } from './flow-states.rpc.js';
import { SessionEndsRepository } from './session-ends.repository.js';
import { FlowStatesService } from './flow-states.service.js';

@Module({
  controllers: [FlowStatesRpc],
  providers: [FlowStatesService, FlowStatesRepository, SessionEndsRepository],
  exports: [SessionEndsRepository],
})
export class FlowStatesModule {}
