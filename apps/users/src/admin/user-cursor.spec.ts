import { describe, expect, it } from '@jest/globals';
import { encodeCursor, parseCursorPage } from './user-cursor.js';

const POSITION = { created_at: '2026-01-01T00:00:00.123456Z', id: '6ba7b810-9dad-41d1-80b4-00c04fd430c8' };
const after = (cursor: string) => parseCursorPage('', cursor, 'DESC').after;
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a cursor', () => {
  it('comes back as the position it was made of, to the microsecond', () => {
    expect(after(encodeCursor(POSITION))).toEqual(POSITION);
  });

  it.each([
    ['no base64url', '???'],
    ['no JSON', Buffer.from('{').toString('base64url')],
    ['JSON that is no object', encoded(null)],
    ['an id that is none', encoded({ ...POSITION, id: "' or true" })],
    ['the nil id', encoded({ ...POSITION, id: '00000000-0000-0000-0000-000000000000' })],
    ['no time', encoded({ id: POSITION.id })],
    ['a time that is none', encoded({ ...POSITION, created_at: 'yesterday' })],
    ['a day that does not exist', encoded({ ...POSITION, created_at: '2026-02-30T00:00:00Z' })],
    ['a time that is no text', encoded({ ...POSITION, created_at: 5 })],
  ])('of %s is refused', (_, cursor) => {
    expect(() => after(cursor)).toThrow('Bad Pagination Parameters: invalid cursor');
  });
});

describe('the limit of a page by cursor', () => {
  it.each([
    ['', 50],
    ['7', 7],
    ['1000000', 1000],
  ])('%j is %d', (limit, expected) => {
    expect(parseCursorPage(limit, '', 'ASC').limit).toBe(expected);
  });

  it('is at least one', () => {
    expect(() => parseCursorPage('0', '', 'ASC')).toThrow('limit must be greater than 0');
    expect(() => parseCursorPage('-1', '', 'ASC')).toThrow('invalid syntax');
  });
});
