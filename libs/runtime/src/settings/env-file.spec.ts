import { describe, expect, it } from '@jest/globals';
import { parseEnvFile } from './env-file.js';

describe('parseEnvFile', () => {
  it.each([
    ['A=b', { A: 'b' }],
    ['A: b\nexport C = d', { A: 'b', C: 'd' }],
    ['# note\n\n  A=b # note\n', { A: 'b' }],
    ['A=b#c', { A: 'b#c' }],
    ['A=a # b # c', { A: 'a # b' }],
    ['A=\nB=1', { A: '', B: '1' }],
    ['A=b\r\nC=d\r\n', { A: 'b', C: 'd' }],
    ["A='a\\n$B' # note", { A: 'a\\n$B' }],
    ['A="a\\n\\"b\\""', { A: 'a\n"b"' }],
    ['A="two\nlines"\nB=1', { A: 'two\nlines', B: '1' }],
    ['A=$B\\$C', { A: '$B$C' }],
    ['A="x\\$y"', { A: 'x$y' }],
    ['A.b_1=c=d', { 'A.b_1': 'c=d' }],
    ['A=""', { A: '' }],
    ['exported=1', { exported: '1' }],
    ['', {}],
  ])('reads %j', (text, values) => {
    expect(parseEnvFile(text)).toEqual(values);
  });

  it.each([
    ['A=b\n!x=secret', 'line 2: expected KEY=value'],
    ['A="secret', 'line 1: unterminated quoted value'],
  ])('refuses %j without quoting it', (text, message) => {
    expect(() => parseEnvFile(text)).toThrow(new Error(message));
  });
});
