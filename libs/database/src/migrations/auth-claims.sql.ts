/**
 * What row level security policies of the other products read: the claims of the request, which PostgREST puts into
 * settings, either each by itself (older) or as one JSON document.
 */
export const authClaims = `
create or replace function uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;

create or replace function role() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.role', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
  )
$$;

create or replace function email() returns text language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.email', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email'
  )
$$;

create function jwt() returns jsonb language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')
  )::jsonb
$$;

comment on function uid() is 'Deprecated. Use auth.jwt() -> ''sub'' instead.';
comment on function role() is 'Deprecated. Use auth.jwt() -> ''role'' instead.';
comment on function email() is 'Deprecated. Use auth.jwt() -> ''email'' instead.';
`;
