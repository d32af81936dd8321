import 'reflect-metadata';
import { runService } from '@usher/runtime/run-service';
import { TokensModule } from './tokens.module.js';

await runService('tokens', TokensModule);
