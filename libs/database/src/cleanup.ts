import type { Database, Transaction } from './database.js';
import { statement } from './statement.js';

/** A kind of rows that are not needed any more. */
export interface CleanupTask {
  name: string;
  /** How many rows one transaction takes: few enough that nobody waits for it. */
  batch: number;
  /** Removes at most `limit` rows, skipping those that somebody has locked. Answers how many it was. */
  run(tx: Transaction, limit: number, now: Date): Promise<number>;
}

export interface CleanupOptions {
  /** Which clean-up this is: one process at a time works on each. */
  name: string;
  tasks: readonly CleanupTask[];
  /** A round leaves off after that long, so that a backlog does not keep the database busy without pause. */
  roundMs: number;
  onError(task: string, error: unknown): void;
}

/** First key of our advisory locks, so that they meet nobody else's in the same database. */
const LOCK_CLASS = 0x75736872;

/** Held to the end of the transaction: neither a crash nor a pooler can leave it behind. */
const lead = statement<{ led: boolean }>(
  'cleanup.lead',
  'SELECT pg_try_advisory_xact_lock($1::int, hashtext($2)) AS led',
);

const EVERY_MS = 60_000;

/** Removes old rows a few at a time. In every replica, of which one at a time leads. */
export class Cleanup {
  private timer?: NodeJS.Timeout;
  private running: Promise<unknown> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly options: CleanupOptions,
  ) {}

  start(everyMs: number = EVERY_MS): void {
    this.timer = setInterval(() => (this.running = this.running.then(() => this.round())), everyMs);
    this.timer.unref();
  }

  /** The batch at work is finished first. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  /** All tasks, batch after batch. Answers how many rows each has removed. */
  async round(now: () => Date = () => new Date()): Promise<Record<string, number>> {
    const end = performance.now() + this.options.roundMs;
    const removed: Record<string, number> = {};
    for (const task of this.options.tasks) {
      removed[task.name] = 0;
      for (let full = true; full && !this.stopped && performance.now() < end;) {
        const count = await this.batch(task, now());
        removed[task.name] = (removed[task.name] ?? 0) + count;
        full = count === task.batch;
      }
    }
    return removed;
  }

  private async batch(task: CleanupTask, now: Date): Promise<number> {
    try {
      return await this.database.transaction(async (tx) => {
        const leader = await tx.first(lead, [LOCK_CLASS, this.options.name]);
        return leader?.led ? task.run(tx, task.batch, now) : 0;
      });
    } catch (error) {
      this.options.onError(task.name, error);
      return 0;
    }
  }
}
