import { AuthError } from '@usher/contracts/errors';

/** Waiting for a hash longer than the clients' patience helps nobody. */
const WAITING_PER_SLOT = 64;

/** Runs a bounded number of hashes at once, so that the thread pool stays free for others; refuses when too many wait. */
export class HashQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly slots: number) {}

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.slots) await this.wait();
    else this.running++;
    try {
      return await work();
    } finally {
      // The slot passes on to whoever waits longest.
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  private wait(): Promise<void> {
    if (this.waiting.length >= this.slots * WAITING_PER_SLOT) {
      throw new AuthError('service_unavailable', 'Too many sign-ins at the moment, please retry after a moment.', {
        headers: { 'retry-after': '1' },
      });
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}
