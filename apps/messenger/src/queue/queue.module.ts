import { Module } from '@nestjs/common';
import { EmailsModule } from '../emails/emails.module.js';
import { MessagesRepository } from './messages.repository.js';
import { QueueService } from './queue.service.js';
import { QueueWorker } from './queue.worker.js';

@Module({ imports: [EmailsModule], providers: [MessagesRepository, QueueService, QueueWorker] })
export class QueueModule {}
