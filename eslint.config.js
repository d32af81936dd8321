import importX from 'eslint-plugin-import-x';
import tseslint from 'typescript-eslint';

/** Which layer may not import what (docs: CONTRIBUTING.md, "Layers"); each is seen to fail by test/lint/layers.spec.ts. */
const layer = (files, forbidden, message, ignores = []) => ({
  files,
  ignores: ['**/*.spec.ts', ...ignores],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ regex: forbidden, message, allowTypeImports: false }] }] },
});

const NEST = '^@nestjs/';
const DATABASE = '^(typeorm|pg)($|/)|^@usher/database/(database|connect)$';
const BUS = '^@nats-io/|^@usher/messaging/';
const HTTP = '^(fastify|@nestjs/platform-fastify|@fastify/)';

/** Files named after a thing that hold its rules: no suffix before `.ts`. */
const RULES = ['apps/*/src/*/*.ts'];
const SUFFIXED = ['service', 'repository', 'rpc', 'events', 'controller', 'module', 'flow', 'entity', 'errors', 'guard', 'filter', 'strategy', 'decorator', 'worker', 'client', 'caller'];

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'coverage/', '.data/'] },
  ...tseslint.configs.recommended,
  {
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { emitDecoratorMetadata: true, experimentalDecorators: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      'import-x/no-cycle': 'off',
      'import-x/no-default-export': 'error',
      'max-lines': ['error', { max: 300 }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  { files: ['**/*.spec.ts', 'libs/database/src/migrations/**'], rules: { 'max-lines': 'off' } },
  { files: ['*.config.js', '*.config.mjs', 'scripts/**', 'test/**/*.mjs'], rules: { 'import-x/no-default-export': 'off', 'no-console': 'off' } },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: ['libs/runtime/**', '**/*.spec.ts', 'libs/testing/**', 'libs/auth-events/**'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'settings are read in libs/runtime' }] },
  },
);
