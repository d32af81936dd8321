import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Digests of one-time credentials that were used, for those that nothing in schema `auth` can mark as used. */
export class SpentCredentials implements MigrationInterface {
  name = 'SpentCredentials1796000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table auth_events.spent_credentials (digest bytea primary key, expires_at timestamptz not null);
      create index spent_credentials_expires_at_idx on auth_events.spent_credentials (expires_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table auth_events.spent_credentials');
  }
}
