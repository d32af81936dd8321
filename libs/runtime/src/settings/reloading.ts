import { bool, duration, int } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const reloadingSettings = concern({
  title: 'Reloading (read at start only)',
  variables: {
    notifyEnabled: variable({
      name: 'GOTRUE_RELOADING_NOTIFY_ENABLED',
      type: bool(),
      default: true,
      help: 'watch the directory of `--config-dir`',
    }),
    pollerEnabled: variable({
      name: 'GOTRUE_RELOADING_POLLERENABLED',
      type: bool(),
      help: 'look at the directory now and then when watching fails',
    }),
    pollerInterval: variable({
      name: 'GOTRUE_RELOADING_POLLER_INTERVAL',
      type: duration(),
      default: '10s',
      help: 'time between two looks',
    }),
    signalEnabled: variable({ name: 'GOTRUE_RELOADING_SIGNAL_ENABLED', type: bool(), help: 'reload on a signal' }),
    signalNumber: variable({
      name: 'GOTRUE_RELOADING_SIGNAL_NUMBER',
      type: int(),
      default: 10,
      help: 'number of that signal (10: SIGUSR1)',
    }),
    gracePeriodInterval: variable({
      name: 'GOTRUE_RELOADING_GRACE_PERIOD_INTERVAL',
      type: duration(),
      default: '5s',
      help: 'quiet time after a change before it is read',
    }),
  },
});

export type ReloadingSettings = ValuesOf<typeof reloadingSettings>;
