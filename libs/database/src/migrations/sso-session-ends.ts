import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a session must end by the word of an identity provider, kept from the answer until the client exchanges its code. */
export class SsoSessionEnds implements MigrationInterface {
  name = 'SsoSessionEnds1796000000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table auth_events.sso_session_ends (
        flow_id uuid primary key,
        not_after timestamptz not null,
        created_at timestamptz not null
      );
      create index sso_session_ends_created_at_idx on auth_events.sso_session_ends (created_at);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table auth_events.sso_session_ends');
  }
}
