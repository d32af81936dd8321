import { setTimeout as pause } from 'node:timers/promises';

/** Lets `perSecond` things begin in a second, evenly; 0 = as they come. */
export class Pace {
  private next = 0;

  constructor(private readonly perSecond: number) {}

  /** Waits for one's turn. */
  async turn(): Promise<void> {
    if (!this.perSecond) return;
    const now = performance.now();
    const at = Math.max(now, this.next);
    this.next = at + 1_000 / this.perSecond;
    if (at > now) await pause(at - now);
  }
}
