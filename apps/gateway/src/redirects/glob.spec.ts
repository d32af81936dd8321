import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileGlob } from './glob.js';

const matches = (pattern: string, text: string) => compileGlob(pattern).test(text);

describe('glob', () => {
  it.each([
    ['a*c', 'abc', true],
    ['a*c', 'a.c', false],
    ['a*c', 'ac', true],
    ['a**c', 'a./c', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[!a-c]x', 'dx', true],
    ['{ab,c*}d', 'cxd', true],
    ['{ab,c*}d', 'abd', true],
    ['{ab,c*}d', 'xd', false],
    ['a\\*c', 'a*c', true],
    ['a\\*c', 'abc', false],
    ['a+(b)', 'a+(b)', true],
    ['a?c', 'a😀c', true],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it.each(['[', '[a', '{a', '[]', '[b-a]', 'a\\'])('refuses %s', (pattern) => {
    expect(() => compileGlob(pattern)).toThrow();
  });

  it('takes text without signs for itself only', () => {
    const plain = fc.string().filter((text) => !/[*?[\]{}\\,]/.test(text));
    fc.assert(fc.property(plain, plain, (a, b) => matches(a, a) && (a === b || !matches(a, b))));
  });
});
