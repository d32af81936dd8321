import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What `tokens` remembers beside sessions: how far it has read the feed, and which keys have signed. */
export class TokensState implements MigrationInterface {
  name = 'TokensState1796000000041';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table auth_events.session_healing (
        singleton boolean primary key default true check (singleton),
        position bigint not null
      );
      insert into auth_events.session_healing (position) select coalesce(max(position), 0) from auth_events.outbox;
      create table auth_events.signing_keys (
        kid text primary key,
        alg text not null,
        first_used_at timestamptz not null default now()
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table auth_events.session_healing, auth_events.signing_keys');
  }
}
