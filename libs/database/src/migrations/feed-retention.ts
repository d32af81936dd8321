import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the feed begins, and how far the deletions of users were followed by erasure. */
export class FeedRetention implements MigrationInterface {
  name = 'FeedRetention1796000000060';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table auth_events.feed_state
        -- Events before it are no longer of the feed, though some are kept for deliveries that are not settled.
        add column oldest_position bigint not null default 1,
        add column erased_position bigint not null default 0;
      create index outbox_user_deleted_idx on auth_events.outbox (position) where type = 'user.deleted';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index auth_events.outbox_user_deleted_idx;
      alter table auth_events.feed_state drop column oldest_position, drop column erased_position`);
  }
}
