/** The audit log, and the table of instances that nothing uses. */
export const authOperations = `
create table audit_log_entries (
  instance_id uuid,
  id uuid primary key,
  payload json,
  created_at timestamptz,
  ip_address varchar(64) not null default ''
);
create index audit_logs_instance_id_idx on audit_log_entries (instance_id);
comment on table audit_log_entries is 'Auth: Audit trail for user actions.';

create table instances (
  id uuid primary key,
  uuid uuid,
  raw_base_config text,
  created_at timestamptz,
  updated_at timestamptz
);
comment on table instances is 'Auth: Manages users across multiple sites.';
`;

/** The bookkeeping of the reference's migrations. */
export const authBookkeeping = `
create table schema_migrations (version varchar(14) primary key);
create unique index schema_migrations_version_idx on schema_migrations (version);
comment on table schema_migrations is 'Auth: Manages updates to the auth system.';
`;
