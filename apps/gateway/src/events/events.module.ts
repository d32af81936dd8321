import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { EventStreamController } from './event-stream.controller.js';
import { EventStreamFlow } from './event-stream.flow.js';
import { EventTypesController } from './event-types.controller.js';
import { EventTypesFlow } from './event-types.flow.js';
import { EventsController } from './events.controller.js';
import { EventsFlow } from './events.flow.js';
import { FeedTail } from './feed-tail.js';
import { SnapshotController } from './snapshot.controller.js';
import { SnapshotFlow } from './snapshot.flow.js';

@Module({
  imports: [BearerModule],
  controllers: [EventTypesController, EventStreamController, SnapshotController, EventsController],
  providers: [EventTypesFlow, EventStreamFlow, SnapshotFlow, EventsFlow, FeedTail],
})
export class EventsModule {}
