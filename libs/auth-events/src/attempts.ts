const DEFAULT_MOST = 8;
/** Bounds the memory when very many events fail at once; who is forgotten starts anew. */
const REMEMBERED = 10_000;

/** Counts the failures of events. */
export class Attempts {
  private readonly failures = new Map<string, number>();

  constructor(private readonly most = DEFAULT_MOST) {}

  /** Counts one more; the number so far, and whether that is enough. */
  failed(id: string): { attempts: number; enough: boolean } {
    const attempts = (this.failures.get(id) ?? 0) + 1;
    this.failures.set(id, attempts);
    if (this.failures.size > REMEMBERED) this.failures.delete(this.failures.keys().next().value!);
    return { attempts, enough: attempts >= this.most };
  }

  forget(id: string): void {
    this.failures.delete(id);
  }
}
