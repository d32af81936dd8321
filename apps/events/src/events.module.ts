import { Module } from '@nestjs/common';
import { ErasureService } from './erasure/erasure.service.js';
import { ErasuresRepository } from './erasure/erasures.repository.js';
import { StreamEraser } from './erasure/stream-eraser.client.js';
import { FeedRpc } from './feed/feed.rpc.js';
import { FeedService } from './feed/feed.service.js';
import { NumberingWorker } from './numbering/numbering.worker.js';
import { OutboxRepository } from './outbox/outbox.repository.js';
import { FeedProgress } from './publishing/feed-progress.js';
import { PublisherClient } from './publishing/publisher.client.js';
import { PublishingWorker } from './publishing/publishing.worker.js';
import { StreamCatchUp } from './publishing/stream-catch-up.service.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { HousekeepingWorker } from './retention/housekeeping.worker.js';
import { RetentionRepository } from './retention/retention.repository.js';
import { SnapshotRepository } from './snapshot/snapshot.repository.js';
import { SnapshotRpc } from './snapshot/snapshot.rpc.js';
import { SnapshotService } from './snapshot/snapshot.service.js';
import { StatsRepository } from './stats/stats.repository.js';
import { StatsRpc } from './stats/stats.rpc.js';
import { StatsService } from './stats/stats.service.js';
import { StreamStats } from './stats/stream-stats.client.js';
import { DeadLettersStream } from './streams/dead-letters-stream.service.js';
import { StreamsClient } from './streams/streams.client.js';

@Module({
  imports: [WebhooksModule],
  controllers: [FeedRpc, SnapshotRpc, StatsRpc],
  providers: [
    OutboxRepository,
    FeedService,
    NumberingWorker,
    StreamsClient,
    StreamCatchUp,
    PublisherClient,
    FeedProgress,
    PublishingWorker,
    DeadLettersStream,
    RetentionRepository,
    ErasuresRepository,
    StreamEraser,
    ErasureService,
    HousekeepingWorker,
    SnapshotRepository,
    SnapshotService,
    StatsRepository,
    StreamStats,
    StatsService,
  ],
})
export class EventsModule {}
