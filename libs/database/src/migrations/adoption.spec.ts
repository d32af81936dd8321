import { describe, expect, it } from '@jest/globals';
import { decideAdoption, newerVersions } from './adoption.js';
import { authVersions } from './auth-versions.js';

const state = (versions: readonly string[], tables = ['schema_migrations', 'users']) => ({
  schema: 'auth',
  tables,
  versions: [...versions],
});

describe('adoption of schema auth', () => {
  it('creates an empty schema', () => {
    expect(decideAdoption(state([], []))).toBe('create');
  });

  it('adopts what the reference has brought to its newest migration', () => {
    expect(decideAdoption(state(authVersions))).toBe('adopt');
  });

  it('adopts a database that began before the first migration known to us', () => {
    expect(decideAdoption(state(['20171026211738', ...authVersions]))).toBe('adopt');
  });

  it('adopts what a newer reference has added to, and names the additions', () => {
    const newer = state([...authVersions, '20991231000000']);
    expect(decideAdoption(newer)).toBe('adopt');
    expect(newerVersions(newer)).toEqual(['20991231000000']);
  });

  it('refuses an older schema with its version and the release to upgrade to', () => {
    expect(() => decideAdoption(state(authVersions.slice(0, -2)))).toThrow(
      'Schema auth is at migration 20260219120000 with 2 of 70 migrations missing: first start Supabase Auth 2.192.0 ' +
        'or later on this database, which upgrades it to migration 20260625000000, then start again.',
    );
  });

  it('refuses a schema with a gap', () => {
    expect(() => decideAdoption(state(authVersions.toSpliced(5, 1)))).toThrow('with 1 of 70 migrations missing');
  });

  it('refuses tables of unknown origin', () => {
    expect(() => decideAdoption(state([], ['users']))).toThrow('holds tables but no record of a migration');
  });
});
