import { bool, int } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const indexWorkerSettings = concern({
  title: 'Index worker',
  variables: {
    ensureUserSearchIndexesExist: variable({
      name: 'GOTRUE_INDEX_WORKER_ENSURE_USER_SEARCH_INDEXES_EXIST',
      type: bool(),
      help: 'create the indexes for user search in the background',
    }),
    maxUsersThreshold: variable({
      name: 'GOTRUE_INDEX_WORKER_MAX_USERS_THRESHOLD',
      type: int(),
      help: 'above 0: create them when there are not more users than this',
    }),
  },
});

export type IndexWorkerSettings = ValuesOf<typeof indexWorkerSettings>;
