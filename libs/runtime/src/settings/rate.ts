import { parseGoDuration } from './go-duration.js';
import { parseGoFloat } from './go-numbers.js';

/**
 * `N` is a window: at most N events per hour, counted from process start.
 * `N/D` is a bucket of N that regains one event every D (not N events per D).
 */
export type Rate =
  | { readonly kind: 'window'; readonly events: number }
  | { readonly kind: 'bucket'; readonly burst: number; readonly everyMs: number };

const BURST_LIMIT = 2 ** 52;

export function parseRate(text: string): Rate {
  const parts = text.split('/');
  if (parts.length === 1) return { kind: 'window', events: parseEvents(text) };

  const [burst = '', every = ''] = parts;
  if (parts.length !== 2) throw new Error(`rate: value does not match rate syntax ${JSON.stringify(text)}`);
  if (!/^[0-9]+$/.test(burst) || Number(burst) >= BURST_LIMIT) {
    throw new Error(`rate: events part of rate value ${JSON.stringify(text)} failed to parse as uint64`);
  }
  return { kind: 'bucket', burst: Number(burst), everyMs: parseEvery(text, every) };
}

function parseEvents(text: string): number {
  try {
    return parseGoFloat(text);
  } catch {
    throw new Error(`rate: value does not match rate syntax ${JSON.stringify(text)}`);
  }
}

function parseEvery(text: string, every: string): number {
  try {
    return parseGoDuration(every);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : '';
    throw new Error(
      `rate: over-time part of rate value ${JSON.stringify(text)} failed to parse as duration: ${reason}`,
      { cause },
    );
  }
}
