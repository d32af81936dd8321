import { Module } from '@nestjs/common';
import { CleanupWorker } from './cleanup.worker.js';
import { OldSessionRows } from './old-session-rows.service.js';

@Module({ providers: [CleanupWorker, OldSessionRows] })
export class CleanupModule {}
