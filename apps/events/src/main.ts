import 'reflect-metadata';
import { runService } from '@usher/runtime/run-service';
import { EventsModule } from './events.module.js';

await runService('events', EventsModule);
