import { bool, duration, int, str } from './parse.js';
import { concern, ignored, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

const DRIVERS = ['', 'postgres', 'postgresql', 'pgx'];

export const databaseSettings = concern({
  title: 'Database',
  variables: {
    driver: variable({ name: 'GOTRUE_DB_DRIVER', type: str(), default: 'postgres', help: 'only `postgres`' }),
    url: variable({
      name: 'GOTRUE_DB_DATABASE_URL',
      alias: 'DATABASE_URL',
      type: str(),
      required: 'filled',
      help: 'connection URL; the laptop run starts a database of its own when there is none',
    }),
    namespace: variable({
      name: 'GOTRUE_DB_DB_NAMESPACE',
      alias: 'DB_NAMESPACE',
      type: str(),
      default: 'auth',
      help: 'schema that holds the tables',
    }),
    maxPoolSize: variable({
      name: 'GOTRUE_DB_MAX_POOL_SIZE',
      type: int(),
      help: 'most open connections (0: no limit)',
    }),
    maxIdlePoolSize: variable({
      name: 'GOTRUE_DB_MAX_IDLE_POOL_SIZE',
      type: int(),
      help: 'no effect: idle connections are closed by their age alone',
    }),
    connPercentage: variable({
      name: 'GOTRUE_DB_CONN_PERCENTAGE',
      type: int(),
      adjust: (share) => Math.min(Math.max(share, 0), 100),
      help: 'no effect: set `GOTRUE_DB_MAX_POOL_SIZE`, which each process keeps to',
    }),
    connMaxLifetime: variable({
      name: 'GOTRUE_DB_CONN_MAX_LIFETIME',
      type: duration(),
      help: 'age at which a connection is replaced (0: never)',
    }),
    connMaxIdleTime: variable({
      name: 'GOTRUE_DB_CONN_MAX_IDLE_TIME',
      type: duration(),
      help: 'idle time after which a connection is closed (0: never)',
    }),
    healthCheckPeriod: variable({
      name: 'GOTRUE_DB_HEALTH_CHECK_PERIOD',
      type: duration(),
      help: 'no effect: a broken connection is noticed and replaced at once',
    }),
    advisor: {
      enabled: variable({
        name: 'GOTRUE_DB_ADVISOR_ENABLED',
        type: bool(),
        default: true,
        help: 'no effect: there is no adviser',
      }),
      samplingInterval: variable({
        name: 'GOTRUE_DB_ADVISOR_SAMPLING_INTERVAL',
        type: duration(),
        default: '200ms',
        help: 'no effect: there is no adviser',
      }),
      observationInterval: variable({
        name: 'GOTRUE_DB_ADVISOR_OBSERVATION_INTERVAL',
        type: duration(),
        default: '20s',
        help: 'no effect: there is no adviser',
      }),
    },
    migrationsPath: ignored('GOTRUE_DB_MIGRATIONS_PATH', 'the migrations are part of the program'),
  },
  check(database, report) {
    if (!DRIVERS.includes(database.driver)) report.problem('GOTRUE_DB_DRIVER', 'only postgres is supported');
  },
});

export type DatabaseSettings = ValuesOf<typeof databaseSettings>;
