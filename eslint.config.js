import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** What each layer may not import (CONTRIBUTING.md, "Layers"). Each is seen to fail by test/lint/layers.spec.ts. */
const SERVICES = 'gateway|users|tokens|identity-providers|messenger|events|standalone|cli';
const FORBIDDEN = {
  services: { regex: `^(\\.\\./)+(${SERVICES})/src/`, message: 'services meet in libs/contracts' },
  libraries: { regex: '^(\\.\\./)+libs/', message: 'libraries are imported by their alias' },
  nest: { regex: '^@nestjs/', message: 'this layer knows nothing of Nest' },
  database: {
    regex: '^(typeorm|pg)($|/)|^@usher/database/(database|connect)$',
    message: 'this layer does not touch the database',
  },
  bus: {
    regex: '^@nats-io/|^@usher/messaging/(rpc-client|connect|outbox|handles)$',
    message: 'this layer knows nothing of NATS',
  },
  http: { regex: '^(fastify|@fastify/.*|@nestjs/platform-fastify)$', message: 'only the gateway knows of HTTP' },
  transport: {
    regex: '^@nestjs/microservices|^@usher/messaging/(handles|nats-transport)$',
    message: 'transport is the business of *.rpc.ts',
  },
  repository: { regex: '\\.(repository|entity)\\.js$', message: 'transport goes through a service' },
};
const layer = (files, ...names) => ({
  files,
  ignores: ['**/*.spec.ts'],
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: ['services', 'libraries', ...names].map((name) => FORBIDDEN[name]) },
    ],
  },
});

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.data/'] },
  ...tseslint.configs.recommended,
  {
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 300 }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  layer(['apps/*/src/**/*.ts'], 'http'),
  layer(['apps/gateway/src/**/*.ts'], 'database'),
  // Rules: pure functions and types, so that they are tested without anything running.
  layer(['apps/users/src/*/+([!.]).ts'], 'http', 'nest', 'database', 'bus'),
  layer(['apps/*/src/*/*.service.ts'], 'http', 'transport'),
  layer(['apps/*/src/*/*.repository.ts'], 'http', 'transport', 'bus'),
  layer(['apps/*/src/*/*.errors.ts'], 'http', 'nest', 'database', 'bus'),
  layer(['apps/*/src/*/*.entity.ts'], 'nest', 'bus', 'http'),
  layer(['apps/*/src/*/*.rpc.ts', 'apps/*/src/*/*.events.ts'], 'http', 'repository', 'database'),
  layer(['apps/gateway/src/*/*.controller.ts'], 'repository', 'database', 'bus'),
  layer(['libs/contracts/src/**/*.ts'], 'nest', 'database', 'bus', 'http'),
  // The one place where all services are seen together.
  {
    files: ['apps/standalone/src/**/*.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [FORBIDDEN.libraries] }] },
  },
  { files: ['**/*.spec.ts', 'libs/database/src/migrations/**'], rules: { 'max-lines': 'off' } },
  {
    files: ['*.config.js', '*.config.mjs', 'scripts/**', '**/*.mjs', 'apps/cli/**', 'examples/**'],
    rules: { 'import-x/no-default-export': 'off', 'no-console': 'off' },
  },
  { files: ['**/global-setup.ts', '**/global-teardown.ts'], rules: { 'import-x/no-default-export': 'off' } },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: [
      'libs/runtime/**',
      '**/*.spec.ts',
      '**/*.fixture.ts',
      'libs/testing/**',
      'libs/auth-events/**',
      'apps/cli/**',
    ],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'settings are read in libs/runtime' },
      ],
    },
  },
);
