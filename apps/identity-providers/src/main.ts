import 'reflect-metadata';
import { runService } from '@usher/runtime/run-service';
import { IdentityProvidersModule } from './identity-providers.module.js';

await runService('identity-providers', IdentityProvidersModule);
