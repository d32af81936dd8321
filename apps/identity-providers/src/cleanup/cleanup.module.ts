import { Module } from '@nestjs/common';
import { CleanupWorker } from './cleanup.worker.js';
import { OldFlowRows } from './old-flow-rows.repository.js';

@Module({ providers: [CleanupWorker, OldFlowRows] })
export class CleanupModule {}
