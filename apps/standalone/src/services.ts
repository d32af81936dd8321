import type { Type } from '@nestjs/common';
import type { ServiceName } from '@usher/contracts/rpc';
import { EventsModule } from '../../events/src/events.module.js';
import { IdentityProvidersModule } from '../../identity-providers/src/identity-providers.module.js';
import { MessengerModule } from '../../messenger/src/messenger.module.js';
import { TokensModule } from '../../tokens/src/tokens.module.js';
import { UsersModule } from '../../users/src/users.module.js';

/** The services behind the gateway. The one place where they are seen together: each still talks to the others over NATS only. */
export const SERVICES: readonly [ServiceName, Type][] = [
  ['users', UsersModule],
  ['tokens', TokensModule],
  ['identity-providers', IdentityProvidersModule],
  ['messenger', MessengerModule],
  ['events', EventsModule],
];
