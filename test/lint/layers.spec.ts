import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from '@jest/globals';

/** A file of each layer with an import that it must not have: the rule is seen to fail. */
const planted: [string, string, string][] = [
  [
    'a service imports another',
    'apps/users/src/accounts/x.service.ts',
    "import '../../../tokens/src/keys/keys.service.js';",
  ],
  [
    'a library imported by its path',
    'apps/users/src/accounts/x.ts',
    "import '../../../../libs/contracts/src/errors.js';",
  ],
  ['rules that know of Nest', 'apps/users/src/accounts/x.ts', "import '@nestjs/common';"],
  ['rules that query', 'apps/users/src/accounts/x.ts', "import '@usher/database/database';"],
  ['rules on the bus', 'apps/users/src/accounts/x.ts', "import '@nats-io/nats-core';"],
  ['a service that knows of HTTP', 'apps/users/src/accounts/x.service.ts', "import 'fastify';"],
  ['a service that is transport', 'apps/users/src/accounts/x.service.ts', "import '@nestjs/microservices';"],
  ['a repository on the bus', 'apps/users/src/accounts/x.repository.ts', "import '@usher/messaging/rpc-client';"],
  ['transport that reads rows', 'apps/users/src/accounts/x.rpc.ts', "import './users.repository.js';"],
  ['transport that queries', 'apps/users/src/accounts/x.rpc.ts', "import '@usher/database/database';"],
  ['a gateway with a database', 'apps/gateway/src/user/x.flow.ts', "import 'pg';"],
  ['an error that knows of Nest', 'apps/users/src/accounts/x.errors.ts', "import '@nestjs/common';"],
  ['a contract that knows of NATS', 'libs/contracts/src/x.ts', "import '@nats-io/nats-core';"],
];

describe('the layers', () => {
  let eslint: ESLint;
  beforeAll(() => {
    eslint = new ESLint();
  });

  it.each(planted)('refuse %s', async (_, filePath, code) => {
    const [result] = await eslint.lintText(code, { filePath });
    expect(result?.messages.map((message) => message.ruleId)).toContain('@typescript-eslint/no-restricted-imports');
  });

  it('refuse the environment outside libs/runtime', async () => {
    const [result] = await eslint.lintText('export const url = process.env.DATABASE_URL;\n', {
      filePath: 'apps/users/src/x.ts',
    });
    expect(result?.messages.map((message) => message.ruleId)).toContain('no-restricted-properties');
  });

  it('accept a service of the usual kind', async () => {
    const code = "import { Database } from '@usher/database/database';\nexport const used = Database;\n";
    const [result] = await eslint.lintText(code, { filePath: 'apps/users/src/accounts/x.service.ts' });
    expect(result?.messages).toEqual([]);
  });
});
