import { describe, expect, it } from '@jest/globals';
import { parseAuditQuery } from '../audit/audit-query.js';
import { parseSort } from './user-sort.js';

describe('the order of a list', () => {
  it.each([
    [[], 'DESC'],
    [['created_at'], 'DESC'],
    [['created_at ASC'], 'ASC'],
    [['created_at asc', 'created_at desc'], 'ASC'],
  ])('%j is %s', (sort, direction) => {
    expect(parseSort(sort)).toBe(direction);
  });

  it('knows one field and two directions', () => {
    expect(() => parseSort(['email asc'])).toThrow("Bad Sort Parameters: bad field for sort 'email'");
    expect(() => parseSort(['created_at; drop table users'])).toThrow("bad field for sort 'created_at;'");
    expect(() => parseSort(['created_at asc', 'created_at up'])).toThrow("bad direction for sort 'up'");
  });
});

describe('a search in the audit log', () => {
  it('has a scope and a text, which may hold colons', () => {
    expect(parseAuditQuery('author:a:b')).toEqual({ scope: 'author', text: 'a:b' });
  });

  it.each(['', 'author:'])('%j searches for nothing', (query) => {
    expect(parseAuditQuery(query)).toBeUndefined();
  });

  it.each(['author', 'AUTHOR:x', ':x', "author'--:x", 'constructor:x', '__proto__:x'])('%j is refused', (query) => {
    expect(() => parseAuditQuery(query)).toThrow(`Invalid query scope: ${query}`);
  });
});
