/** What one jest run shares: started before the first test file, see `global-setup.ts`. */
export interface TestServers {
  /** Superuser, database `postgres`. */
  postgresUrl: string;
  natsServerBinary: string;
}

const VARIABLE = 'USHER_TEST_SERVERS';

/** Jest's workers inherit the environment of the process that runs the global setup, and nothing else. */
export function announceTestServers(servers: TestServers): void {
  process.env[VARIABLE] = JSON.stringify(servers);
}

export function testServers(): TestServers {
  const announced = process.env[VARIABLE];
  if (!announced) throw new Error('PostgreSQL was not started: name the file *.int.spec.ts or *.e2e.spec.ts');
  return JSON.parse(announced) as TestServers;
}
