import { describe, expect, it } from '@jest/globals';
import { tableMapping } from '@usher/contracts/events/table-mapping';
import { rowOf } from './row.js';

const [table] = tableMapping.parse({
  tables: [
    {
      table: 'public.profiles',
      columns: {
        email: 'email',
        name: { first: ['user_metadata.full_name', 'user_metadata.name'], default: 'somebody' },
        plan: { value: 'free' },
        proto: 'user_metadata.constructor.name',
      },
    },
  ],
}).tables;

describe('the row of a user', () => {
  it('takes what the paths lead to', () => {
    expect(rowOf(table!, 'u1', { email: 'a@b.c', user_metadata: { name: 'Ada' } })).toEqual({
      id: 'u1',
      email: 'a@b.c',
      name: 'Ada',
      plan: 'free',
      proto: null,
    });
  });

  it('has null for what is empty, and defaults', () => {
    expect(rowOf(table!, 'u1', { email: '', user_metadata: null })).toMatchObject({ email: null, name: 'somebody' });
  });

  it.each(['profiles; drop table x', 'Public.Profiles', 'a.b.c'])('has no table %s', (name) => {
    expect(tableMapping.safeParse({ tables: [{ table: name, columns: {} }] }).success).toBe(false);
  });
});
