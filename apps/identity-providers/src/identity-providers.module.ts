import { Module } from '@nestjs/common';
import { FlowStatesModule } from './flow-states/flow-states.module.js';

/** Everything that leads to a sign-in through somebody else, and PKCE. */
@Module({ imports: [FlowStatesModule] })
export class IdentityProvidersModule {}
