import { bool } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const auditSettings = concern({
  title: 'Audit log',
  variables: {
    disablePostgres: variable({
      name: 'GOTRUE_AUDIT_LOG_DISABLE_POSTGRES',
      type: bool(),
      help: 'write audit entries to the log only, not to the table',
    }),
  },
});

export type AuditSettings = ValuesOf<typeof auditSettings>;
