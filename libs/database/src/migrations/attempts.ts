import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tries at passwords and one-time codes, for each recipient a digest. Unlogged: a crash forgives, and a sign-in pays no flush for it. */
export class Attempts implements MigrationInterface {
  name = 'Attempts1796000000031';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table auth_events.attempts (
        digest bytea primary key,
        attempts integer not null,
        ends_at timestamptz not null
      );
      create index attempts_ends_at_idx on auth_events.attempts (ends_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table auth_events.attempts');
  }
}
