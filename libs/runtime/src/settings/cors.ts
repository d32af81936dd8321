import { list } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const corsSettings = concern({
  title: 'CORS',
  variables: {
    allowedHeaders: variable({
      name: 'GOTRUE_CORS_ALLOWED_HEADERS',
      type: list(),
      help: 'request headers allowed besides the built-in ones',
    }),
  },
});

export type CorsSettings = ValuesOf<typeof corsSettings>;
