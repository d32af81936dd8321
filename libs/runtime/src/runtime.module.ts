import { Module, type DynamicModule } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import { Database } from '@usher/database/database';
import { AuditLog } from '@usher/messaging/audit-log';
import { Outbox } from '@usher/messaging/outbox';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Clock } from './clock.js';
import { LOGGER } from './logger.js';
import type { Resources } from './resources.js';

/** Token of the settings. */
export const SETTINGS = Symbol('Settings');

/** Token of the NATS connection. */
export const NATS = Symbol('NatsConnection');

/** Makes the resources injectable everywhere in a service. */
@Module({})
export class RuntimeModule {
  static forRoot({ settings, nats, database, logger, local }: Resources): DynamicModule {
    const audit = logger.child({ component: 'audit' });
    const providers = [
      { provide: SETTINGS, useValue: settings },
      { provide: NATS, useValue: nats },
      { provide: LOGGER, useValue: logger },
      { provide: Database, useValue: database },
      {
        provide: RpcClient,
        useFactory: (n: NatsConnection) => new RpcClient(n, settings.usher.rpcTimeout, local),
        inject: [NATS],
      },
      { provide: Outbox, useValue: new Outbox(nats) },
      {
        provide: AuditLog,
        useValue: new AuditLog(settings.audit.disablePostgres, (entry) =>
          audit.info({ auth_audit_event: entry }, 'audit_event'),
        ),
      },
      Clock,
    ];
    return { module: RuntimeModule, global: true, providers, exports: providers };
  }
}
