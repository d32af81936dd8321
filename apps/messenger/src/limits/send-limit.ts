import type { Rate } from '@usher/runtime/settings/parse';

const HOUR_MS = 3_600_000;

/** How many messages this process may send, all users together (accounts.md §6.2). */
export class SendLimit {
  private tokens: number;
  private since: number;

  constructor(
    private readonly rate: Rate,
    now: number,
  ) {
    this.tokens = rate.kind === 'window' ? rate.events : rate.burst;
    this.since = now;
  }

  /** Takes one; false when there is none left. */
  take(now: number): boolean {
    this.refill(now);
    if (this.tokens < 1) return false;
    this.tokens--;
    return true;
  }

  private refill(now: number): void {
    if (this.rate.kind === 'window') {
      const windows = Math.floor((now - this.since) / HOUR_MS);
      if (windows < 1) return;
      this.since += windows * HOUR_MS;
      this.tokens = this.rate.events;
      return;
    }
    const { burst, everyMs } = this.rate;
    const gained = Math.floor((now - this.since) / everyMs);
    if (gained < 1) return;
    this.since += gained * everyMs;
    this.tokens = Math.min(burst, this.tokens + gained);
  }
}
