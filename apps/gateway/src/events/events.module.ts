import { Module } from '@nestjs/common';
import { BearerModule } from '../bearer/bearer.module.js';
import { EventsController } from './events.controller.js';
import { EventsFlow } from './events.flow.js';

@Module({ imports: [BearerModule], controllers: [EventsController], providers: [EventsFlow] })
export class EventsModule {}
