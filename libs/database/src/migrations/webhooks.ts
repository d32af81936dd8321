import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Endpoints that events are posted to, and what is to be, or was, delivered to each. */
export class Webhooks implements MigrationInterface {
  name = 'Webhooks1796000000050';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table auth_events.webhook_endpoints (
        id uuid primary key,
        url text not null,
        description text not null,
        status text not null check (status in ('pending', 'active', 'paused', 'disabled')),
        reason text,
        types text[] not null,
        fields text[],
        secrets text not null,
        -- Events up to here have a delivery, or are not for this endpoint.
        position bigint not null,
        failures integer not null default 0,
        failing_since timestamptz,
        open_until timestamptz,
        created_at timestamptz not null,
        updated_at timestamptz not null
      );
      create table auth_events.webhook_deliveries (
        endpoint_id uuid not null references auth_events.webhook_endpoints (id) on delete cascade,
        position bigint not null,
        event_id uuid not null,
        subject_id uuid not null,
        type text not null,
        state text not null default 'pending' check (state in ('pending', 'delivered', 'dead', 'dropped')),
        attempts integer not null default 0,
        attempt_log jsonb not null default '[]',
        next_attempt_at timestamptz not null,
        claimed_until timestamptz,
        primary key (endpoint_id, position)
      ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
      create index webhook_deliveries_due_idx on auth_events.webhook_deliveries (endpoint_id, position) where state = 'pending';
      create index webhook_deliveries_open_idx on auth_events.webhook_deliveries (endpoint_id, subject_id, position)
        where state in ('pending', 'dead');`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table auth_events.webhook_deliveries, auth_events.webhook_endpoints');
  }
}
