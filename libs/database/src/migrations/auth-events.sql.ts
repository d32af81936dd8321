/**
 * Schema `auth_events`: what this project adds to a database. Owned by the events service; the writers of `auth` only
 * take a version from `subjects` and append to `outbox` and `messages`.
 *
 * `outbox` is one plain table on purpose. A partitioned table can only enforce uniqueness together with its partition
 * key, so partitioning on `occurred_at` would give up `unique (subject_id, version)` and `unique (position)`, the two
 * guards of the feed. For retention by dropped partitions, move numbered rows into a table
 * partitioned by range of `position` (dense and never changed again) and let the feed read both; the guards stay here,
 * where the rows are written.
 */
export const authEvents = `
-- The lock that makes versions of one subject gap-free: insert .. on conflict do update set version = version + 1.
create table auth_events.subjects (
  subject_id uuid primary key,
  version bigint not null check (version > 0)
) with (fillfactor = 70);

-- inserted: taken under the version lock, so it grows with the versions of a subject whatever any clock says.
create table auth_events.outbox (
  id uuid primary key,
  inserted bigint generated always as identity,
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
  unique (subject_id, version)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- Work of the leader: what has no position yet.
create index outbox_unnumbered_idx on auth_events.outbox (inserted) where position is null;
create index outbox_occurred_at_idx on auth_events.outbox (occurred_at);

-- feed_id tells the streams of this database from those of another. How far a stream got is told by its last message.
create table auth_events.feed_state (
  singleton boolean primary key default true check (singleton),
  feed_id uuid not null default gen_random_uuid(),
  last_position bigint not null default 0
);
insert into auth_events.feed_state default values;

-- Gives committed events the next positions; returns how many got one. Two callers at once are safe: the second waits for
-- the row of feed_state and then looks anew, because every statement of a volatile function has its own snapshot.
create function auth_events.number_events(batch integer) returns integer language plpgsql volatile as $$
declare
  last bigint;
  numbered integer;
begin
  if not exists (select from auth_events.outbox where position is null) then
    return 0;
  end if;
  select last_position into strict last from auth_events.feed_state for update;
  update auth_events.outbox o set position = last + next.n
  from (
    select id, row_number() over (order by inserted) as n
    from (select id, inserted from auth_events.outbox where position is null order by inserted limit batch) as unnumbered
  ) as next
  where o.id = next.id;
  get diagnostics numbered = row_count;
  update auth_events.feed_state set last_position = last + numbered;
  return numbered;
end $$;

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
drop function auth_events.number_events;
drop table auth_events.messages, auth_events.feed_state, auth_events.outbox, auth_events.subjects;
`;
