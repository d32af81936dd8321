/** What the init script and the first migrations of a self-hosted stack make of schema `auth` before the auth server has ever run. For a superuser. */
export const initialSchema = `
do $$ begin create role dashboard_user; exception when duplicate_object then null; end $$;
grant all on schema auth to supabase_auth_admin;
create table auth.users (
  instance_id uuid, id uuid not null unique, aud varchar(255), role varchar(255), email varchar(255) unique,
  encrypted_password varchar(255), confirmed_at timestamptz, invited_at timestamptz,
  confirmation_token varchar(255), confirmation_sent_at timestamptz,
  recovery_token varchar(255), recovery_sent_at timestamptz,
  email_change_token varchar(255), email_change varchar(255), email_change_sent_at timestamptz,
  last_sign_in_at timestamptz, raw_app_meta_data jsonb, raw_user_meta_data jsonb, is_super_admin bool,
  created_at timestamptz, updated_at timestamptz, constraint users_pkey primary key (id)
);
create index users_instance_id_email_idx on auth.users (instance_id, email);
create index users_instance_id_idx on auth.users (instance_id);
create table auth.refresh_tokens (
  instance_id uuid, id bigserial not null, token varchar(255), user_id varchar(255), revoked bool,
  created_at timestamptz, updated_at timestamptz, constraint refresh_tokens_pkey primary key (id)
);
create index refresh_tokens_token_idx on auth.refresh_tokens (token);
create table auth.instances (
  id uuid not null, uuid uuid, raw_base_config text, created_at timestamptz, updated_at timestamptz,
  constraint instances_pkey primary key (id)
);
create table auth.audit_log_entries (
  instance_id uuid, id uuid not null, payload json, created_at timestamptz,
  constraint audit_log_entries_pkey primary key (id)
);
create table auth.schema_migrations (version varchar(255) not null, constraint schema_migrations_pkey primary key (version));
comment on table auth.schema_migrations is 'Auth: Manages updates to the auth system.';
insert into auth.schema_migrations (version) values ('20171026211738'), ('20171026211808'), ('20171026211834'),
  ('20180103212743'), ('20180108183307'), ('20180119214651'), ('20180125194653');
create function auth.uid() returns uuid language sql stable as $$
  select nullif(current_setting('request.jwt.claim.sub', true), '')::uuid $$;
create function auth.role() returns text language sql stable as $$
  select nullif(current_setting('request.jwt.claim.role', true), '')::text $$;
create function auth.email() returns text language sql stable as $$
  select nullif(current_setting('request.jwt.claim.email', true), '')::text $$;
grant usage on schema auth to public;
alter table auth.users owner to supabase_auth_admin;
alter table auth.refresh_tokens owner to supabase_auth_admin;
alter table auth.instances owner to supabase_auth_admin;
alter table auth.audit_log_entries owner to supabase_auth_admin;
alter table auth.schema_migrations owner to supabase_auth_admin;
alter function auth.uid() owner to supabase_auth_admin;
alter function auth.role() owner to supabase_auth_admin;
alter function auth.email() owner to supabase_auth_admin;
grant all on all tables in schema auth to postgres, dashboard_user;
alter default privileges for role supabase_auth_admin in schema auth grant all on tables to postgres, dashboard_user;
alter default privileges for role supabase_auth_admin in schema auth grant all on sequences to postgres, dashboard_user;
`;
