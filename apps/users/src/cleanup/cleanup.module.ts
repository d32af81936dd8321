import { Module } from '@nestjs/common';
import { CleanupWorker } from './cleanup.worker.js';
import { OldUserRows } from './old-user-rows.service.js';

@Module({ providers: [CleanupWorker, OldUserRows] })
export class CleanupModule {}
