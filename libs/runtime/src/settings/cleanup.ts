import { bool } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const cleanupSettings = concern({
  title: 'Cleanup',
  variables: {
    enabled: variable({
      name: 'GOTRUE_DB_CLEANUP_ENABLED',
      type: bool(),
      help: 'delete expired rows a few at a time, every minute',
    }),
  },
});

export type CleanupSettings = ValuesOf<typeof cleanupSettings>;
