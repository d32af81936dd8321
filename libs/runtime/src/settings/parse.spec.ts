import { describe, expect, it } from '@jest/globals';
import { bool, duration, float, int, list, map, oneOf, parseGoDuration, port, rate, timestamp, uint } from './parse.js';

describe('parseGoDuration', () => {
  it.each([
    ['0', 0],
    ['1h30m', 5_400_000],
    ['-1.5h', -5_400_000],
    ['300ms', 300],
    ['1.5us', 0.0015],
    ['2ns', 0.000002],
    ['1µs', 0.001],
    ['.5s', 500],
    ['5.s', 5000],
    ['+5s', 5000],
    ['9223372036854775807ns', 9223372036854.775807],
  ])('reads %s', (text, milliseconds) => {
    expect(parseGoDuration(text)).toBe(milliseconds);
  });

  it.each([
    ['never', 'time: invalid duration "never"'],
    ['24', 'time: missing unit in duration "24"'],
    ['', 'time: invalid duration ""'],
    ['-', 'time: invalid duration "-"'],
    ['.s', 'time: invalid duration ".s"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['3..s', 'time: missing unit in duration "3..s"'],
    ['1é', 'time: unknown unit "\\xc3\\xa9" in duration "1\\xc3\\xa9"'],
    ['1h1', 'time: missing unit in duration "1h1"'],
    ['1s 2s', 'time: unknown unit "s " in duration "1s 2s"'],
    ['"x', 'time: invalid duration "\\"x"'],
    ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'],
    ['1constructor', 'time: unknown unit "constructor" in duration "1constructor"'],
  ])('refuses %s as Go does', (text, message) => {
    expect(() => parseGoDuration(text)).toThrow(new Error(message));
  });
});

describe('types', () => {
  it.each([
    [bool(), 'T', true],
    [bool(), 'False', false],
    [int(), '0x1F', 31],
    [int(), '017', 15],
    [int(), '0b11', 3],
    [int(), '0o17', 15],
    [int(), '1_000', 1000],
    [int(), '0_7', 7],
    [int(), '+5', 5],
    [int(), '-3', -3],
    [int(), '-0', 0],
    [uint(), '7', 7],
    [float(), '1e3', 1000],
    [float(), '.5', 0.5],
    [float(), '5.', 5],
    [float(), '1_000', 1000],
    [float(), 'inf', Infinity],
    [port(), '9999', 9999],
    [duration(), '1m', 60_000],
    [list(), 'a, b', ['a', ' b']],
    [list(), '  ', []],
    [map(), 'a:b,c:d', { a: 'b', c: 'd' }],
    [rate(), '30', { kind: 'window', events: 30 }],
    [rate(), '10/1h', { kind: 'bucket', burst: 10, everyMs: 3_600_000 }],
    [timestamp(), '2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
    [timestamp(), ' ', null],
    [oneOf('memory', 'nats'), 'nats', 'nats'],
  ])('%o reads %s', (type, text, value) => {
    expect(type.parse(text)).toEqual(value);
  });

  it.each([
    [bool(), 'yes'],
    [bool(), 'tRUE'],
    [int(), '08'],
    [int(), '_1'],
    [int(), '1__0'],
    [int(), '0x'],
    [int(), '1e3'],
    [int(), '99999999999999999999'],
    [uint(), '-1'],
    [float(), ' 1'],
    [float(), 'nan'],
    [float(), '1e999'],
    [port(), '65536'],
    [map(), 'a'],
    [map(), 'a:b:c'],
    [rate(), '1/2/3'],
    [rate(), 'x/1h'],
    [rate(), '1/never'],
    [timestamp(), '2026-01-02'],
    [oneOf('memory', 'nats'), 'redis'],
  ])('%o refuses %s', (type, text) => {
    expect(() => type.parse(text)).toThrow();
  });

  it('gives maps no inherited keys', () => {
    expect(map().parse('a:b')['constructor']).toBeUndefined();
  });

  it('never shows an item of a map', () => {
    expect(() => map().parse('a:b,secret')).toThrow(new Error('invalid map item 2'));
  });
});
