/**
 * Schema `auth_events`: what this project adds to a database. Owned by the events service; the writers of `auth` only
 * take a version from `subjects` and append to `outbox` and `messages`.
 *
 * `outbox` is one plain table on purpose. A partitioned table can only enforce uniqueness together with its partition
 * key, so partitioning on `occurred_at` would give up `unique (subject_id, version)` and `unique (position)`, the two
 * guards of the feed. For retention by dropped partitions, move numbered and published rows into a table
 * partitioned by range of `position` (dense and never changed again) and let the feed read both; the guards stay here,
 * where the rows are written.
 */
export const authEvents = `
-- The lock that makes versions of one subject gap-free: insert .. on conflict do update set version = version + 1.
create table auth_events.subjects (
  subject_id uuid primary key,
  version bigint not null check (version > 0)
) with (fillfactor = 70);

create table auth_events.outbox (
  id uuid primary key,
  subject_id uuid not null,
  version bigint not null check (version > 0),
  type text not null,
  occurred_at timestamptz not null default clock_timestamp(),
  actor_type text not null,
  actor_id text,
  origin text not null,
  traceparent text,
  data jsonb not null,
  position bigint unique check (position > 0),
  published_at timestamptz,
  unique (subject_id, version),
  check (published_at is null or position is not null)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- Work of the leader: what has no position yet, and what has one but is not in the stream.
create index outbox_unnumbered_idx on auth_events.outbox (id) where position is null;
create index outbox_unpublished_idx on auth_events.outbox (position) where position is not null and published_at is null;
create index outbox_occurred_at_idx on auth_events.outbox (occurred_at);

create table auth_events.feed_state (
  singleton boolean primary key default true check (singleton),
  last_position bigint not null default 0,
  published_position bigint not null default 0,
  stream_sequence bigint not null default 0,
  leader text,
  updated_at timestamptz not null default now(),
  check (published_position <= last_position)
);
insert into auth_events.feed_state default values;

-- Mails and texts to be sent. The payload may hold a code: rows are deleted once sent or expired.
create table auth_events.messages (
  id uuid primary key,
  kind text not null check (kind in ('email', 'sms')),
  payload jsonb not null,
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  sent_at timestamptz,
  failed_at timestamptz,
  last_error text
) with (autovacuum_vacuum_scale_factor = 0.02);
create index messages_due_idx on auth_events.messages (next_attempt_at) where sent_at is null and failed_at is null;
create index messages_expires_at_idx on auth_events.messages (expires_at);
`;

/** The schema and TypeORM's own table in it stay: who gave us the schema may not let us create it again. */
export const dropAuthEvents = `
drop table auth_events.messages, auth_events.feed_state, auth_events.outbox, auth_events.subjects;
`;
