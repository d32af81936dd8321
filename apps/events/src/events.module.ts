import { Module } from '@nestjs/common';
import { FeedRpc } from './feed/feed.rpc.js';
import { FeedService } from './feed/feed.service.js';
import { NumberingWorker } from './numbering/numbering.worker.js';
import { OutboxRepository } from './outbox/outbox.repository.js';
import { FeedProgress } from './publishing/feed-progress.js';
import { PublisherClient } from './publishing/publisher.client.js';
import { PublishingWorker } from './publishing/publishing.worker.js';
import { StreamCatchUp } from './publishing/stream-catch-up.service.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { StreamsClient } from './streams/streams.client.js';

@Module({
  imports: [WebhooksModule],
  controllers: [FeedRpc],
  providers: [
    OutboxRepository,
    FeedService,
    NumberingWorker,
    StreamsClient,
    StreamCatchUp,
    PublisherClient,
    FeedProgress,
    PublishingWorker,
  ],
})
export class EventsModule {}
