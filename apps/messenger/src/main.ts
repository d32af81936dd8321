import 'reflect-metadata';
import { runService } from '@usher/runtime/run-service';
import { MessengerModule } from './messenger.module.js';

await runService('messenger', MessengerModule);
