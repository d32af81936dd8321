import { describe, expect, it } from '@jest/globals';
import { tableMapping } from '@usher/contracts/events/table-mapping';
import { sourceOf, translateTriggers } from './translate-trigger.js';

const HANDLE_NEW_USER = `
create or replace function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  -- a row for each user
  insert into public.profiles (id, email, full_name, avatar_url, plan, joined)
  values (new.id, new.email, coalesce(new.raw_user_meta_data->>'full_name', new.raw_user_meta_data ->> 'name', 'some, body'),
    new.raw_user_meta_data->>'avatar_url', 'free'::text, now());
  return new;
end;
$$;`;

describe('a trigger function', () => {
  it('that makes a row for each user becomes a mapping', () => {
    const { tables, refused } = translateTriggers([HANDLE_NEW_USER]);

    expect(refused).toEqual([]);
    expect(tableMapping.parse({ tables }).tables).toEqual([
      {
        table: 'public.profiles',
        key: 'id',
        on: 'created',
        onDelete: 'keep',
        columns: {
          email: 'email',
          full_name: { first: ['user_metadata.full_name', 'user_metadata.name'], default: 'some, body' },
          avatar_url: 'user_metadata.avatar_url',
          plan: { value: 'free' },
          joined: 'updated_at',
        },
      },
    ]);
  });

  it('that follows changes and deletions becomes one that does, too', () => {
    const { tables } = translateTriggers([
      HANDLE_NEW_USER,
      `begin update public.profiles set email = new.email where id = new.id; return new; end`,
      `begin delete from public.profiles where id = old.id; return old; end`,
    ]);

    expect(tables).toMatchObject([{ on: 'changed', onDelete: 'delete' }]);
  });

  it('that does something else is named, not guessed', () => {
    const { tables, refused } = translateTriggers([
      `begin
         perform net.http_post('https://example.com', new.email);
         insert into public.logs (what) values ('new user');
         insert into profiles (id, slug) values (new.id, lower(split_part(new.email, '@', 1)));
       end`,
    ]);

    expect(refused).toEqual([
      "not a plain insert, update or delete: perform net.http_post('https://example.com', new.email)",
      "insert public.logs: no column is new.id (old.id), so no row is the user's",
      "profiles.slug = lower(split_part(new.email, '@', 1))",
    ]);
    expect(tables).toMatchObject([{ table: 'profiles', columns: {} }]);
  });
});

describe('an expression', () => {
  it.each([
    ["(new.raw_user_meta_data ->> 'age')::int", 'user_metadata.age'],
    ["new.raw_app_meta_data -> 'a' ->> 'b'", 'app_metadata.a.b'],
    ['true', { value: true }],
    ["'it''s'", { value: "it's" }],
    ['new.encrypted_password', undefined],
    ["new.email || 'x'", undefined],
  ])('%s', (expression, source) => {
    expect(sourceOf(expression)).toEqual(source);
  });
});
