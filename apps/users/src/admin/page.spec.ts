import { describe, expect, it } from '@jest/globals';
import { parsePage } from './page.js';

describe('a page', () => {
  it('is the first fifty when nothing is asked for', () => {
    expect(parsePage('', '')).toEqual({ page: 1, perPage: 50, limit: '50', offset: '0' });
  });

  it('begins after the pages before it', () => {
    expect(parsePage('3', '20')).toMatchObject({ limit: '20', offset: '40' });
  });

  it('zero shows the first, and is still told as zero', () => {
    expect(parsePage('0', '2')).toMatchObject({ page: 0, offset: '0' });
  });

  it('beyond every number ends where PostgreSQL does', () => {
    const largest = String(2n ** 63n - 1n);
    expect(parsePage('18446744073709551615', '18446744073709551615')).toMatchObject({
      limit: largest,
      offset: largest,
    });
  });

  it.each(['-1', 'x', '1.5', '0x1', ' 1', '1e3'])('%j is none', (page) => {
    const text = `Bad Pagination Parameters: strconv.ParseUint: parsing "${page}": invalid syntax`;
    expect(() => parsePage(page, '')).toThrow(text);
    expect(() => parsePage('', page)).toThrow(text);
  });

  it('cannot be larger than sixty-four bits, nor without users', () => {
    expect(() => parsePage('18446744073709551616', '')).toThrow('value out of range');
    expect(() => parsePage('', '0')).toThrow('per_page must be greater than 0');
  });
});
