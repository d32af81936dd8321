import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { EventStreamController } from './event-stream.controller.js';
import { EventStreamFlow } from './event-stream.flow.js';
import { EventTypesController } from './event-types.controller.js';
import { EventTypesFlow } from './event-types.flow.js';
import { EventsController } from './events.controller.js';
import { EventsFlow } from './events.flow.js';
import { FeedTail } from './feed-tail.js';

@Module({
  imports: [BearerModule],
  controllers: [EventTypesController, EventStreamController, EventsController],
  providers: [EventTypesFlow, EventStreamFlow, EventsFlow, FeedTail],
})
export class EventsModule {}
