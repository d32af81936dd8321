import 'reflect-metadata';
import { runService } from '@usher/runtime/run-service';
import { UsersModule } from './users.module.js';

await runService('users', UsersModule);
