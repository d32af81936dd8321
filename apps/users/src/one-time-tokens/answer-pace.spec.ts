import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerPace } from './answer-pace.js';

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

describe('the pace of answers', () => {
  it('is none before anybody was answered', () => {
    expect(new AnswerPace().duration(Math.random)).toBe(0);
  });

  it('is always that of an answer that was given', () => {
    const time = fc.double({ min: 0, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(time, { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (times, r) => {
          const pace = new AnswerPace();
          times.forEach((one) => pace.note(one));
          return times.slice(-64).includes(pace.duration(() => r));
        },
      ),
    );
  });

  it('has the median of the answers for somebody, less than 5 % away', () => {
    const pace = new AnswerPace();
    const known = Array.from({ length: 200 }, (_, i) => 30 + (i % 20) / 10);
    known.forEach((one) => pace.note(one));
    const unknown = known.map(() => pace.duration(Math.random));
    expect(Math.abs(median(unknown) / median(known) - 1)).toBeLessThan(0.05);
  });

  it('follows when answers become slower', () => {
    const pace = new AnswerPace();
    for (let i = 0; i < 100; i++) pace.note(1);
    for (let i = 0; i < 64; i++) pace.note(50);
    expect(pace.duration(Math.random)).toBe(50);
  });
});
