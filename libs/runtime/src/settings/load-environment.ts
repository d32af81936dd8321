import type { Environment } from './read-group.js';

/** The environment of this process: the only place in the repository that reads it. */
export function processEnvironment(): Environment {
  return process.env;
}
