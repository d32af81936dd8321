import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Wrong codes of each user's factors, whatever session or challenge they came by, and recovery codes (digests only). No foreign keys: these tables must
 * not stand in the way of anything done to schema `auth`.
 */
export class FactorSafety implements MigrationInterface {
  name = 'FactorSafety1796000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table auth_events.factor_attempts (
        user_id uuid primary key,
        attempts integer not null,
        blocked_until timestamptz,
        last_at timestamptz not null
      );
      create index factor_attempts_last_at_idx on auth_events.factor_attempts (last_at);
      create table auth_events.recovery_codes (
        user_id uuid not null,
        digest bytea not null,
        created_at timestamptz not null,
        used_at timestamptz,
        primary key (user_id, digest)
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table auth_events.recovery_codes, auth_events.factor_attempts');
  }
}
