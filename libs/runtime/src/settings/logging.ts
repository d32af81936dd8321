import { str } from './parse.js';
import { concern, ignored, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const loggingSettings = concern({
  title: 'Logging',
  variables: {
    level: variable({
      name: 'GOTRUE_LOG_LEVEL',
      type: str(),
      default: 'info',
      adjust: (level) => level.toLowerCase(),
      help: '`panic`, `fatal`, `error`, `warn`, `info`, `debug` or `trace`',
    }),
    file: variable({ name: 'GOTRUE_LOG_FILE', type: str(), help: 'append to this file instead of the console' }),
    sql: variable({
      name: 'GOTRUE_LOG_SQL',
      type: str(),
      help: 'log statements: `none`, `statement`, or `all` (with arguments)',
    }),
    format: ignored(
      ['GOTRUE_LOG_DISABLE_COLORS', 'GOTRUE_LOG_QUOTE_EMPTY_FIELDS', 'GOTRUE_LOG_TSFORMAT', 'GOTRUE_LOG_FIELDS'],
      'without effect in the reference server too: the log is JSON',
    ),
  },
  check({ level }, report) {
    if (LEVELS.includes(level)) return;
    report.problem('GOTRUE_LOG_LEVEL', `not a valid log level: ${JSON.stringify(level)}`);
  },
});

const LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'];

export type LoggingSettings = ValuesOf<typeof loggingSettings>;
