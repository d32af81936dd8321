import { bool, list, optionalDuration } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const sessionsSettings = concern({
  title: 'Sessions',
  variables: {
    timebox: variable({ name: 'GOTRUE_SESSIONS_TIMEBOX', type: optionalDuration(), help: 'lifetime of a session' }),
    inactivityTimeout: variable({
      name: 'GOTRUE_SESSIONS_INACTIVITY_TIMEOUT',
      type: optionalDuration(),
      help: 'a session ends this long after its last refresh',
    }),
    allowLowAal: variable({
      name: 'GOTRUE_SESSIONS_ALLOW_LOW_AAL',
      type: optionalDuration(),
      help: 'how long a session without second factor lives when the user has a verified one',
    }),
    singlePerUser: variable({
      name: 'GOTRUE_SESSIONS_SINGLE_PER_USER',
      type: bool(),
      help: 'only the session refreshed last goes on',
    }),
    tags: variable({
      name: 'GOTRUE_SESSIONS_TAGS',
      type: list(),
      help: 'parts the single-session rule by session tag; the first is the default',
    }),
  },
  check(sessions, report) {
    const lifetimes = {
      GOTRUE_SESSIONS_TIMEBOX: sessions.timebox,
      GOTRUE_SESSIONS_INACTIVITY_TIMEOUT: sessions.inactivityTimeout,
      GOTRUE_SESSIONS_ALLOW_LOW_AAL: sessions.allowLowAal,
    };
    for (const [name, lifetime] of Object.entries(lifetimes)) {
      if (lifetime !== null && lifetime <= 0) report.problem(name, 'duration must be positive when set');
    }
  },
});

export type SessionsSettings = ValuesOf<typeof sessionsSettings>;
