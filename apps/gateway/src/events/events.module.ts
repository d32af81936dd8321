import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { EventTypesController } from './event-types.controller.js';
import { EventTypesFlow } from './event-types.flow.js';
import { EventsController } from './events.controller.js';
import { EventsFlow } from './events.flow.js';

@Module({
  imports: [BearerModule],
  controllers: [EventTypesController, EventsController],
  providers: [EventTypesFlow, EventsFlow],
})
export class EventsModule {}
