import { Readable } from 'node:stream';

/** Text that is made as fast as the client reads it. The signal says that nobody reads any more. */
export class TextStream extends Readable {
  private readonly gone = new AbortController();
  private readonly source: AsyncGenerator<string>;

  constructor(make: (signal: AbortSignal) => AsyncGenerator<string>) {
    super({ highWaterMark: 1 });
    this.source = make(this.gone.signal);
  }

  /** Ends in good order after what is being made. */
  finish(): void {
    this.gone.abort();
  }

  override _read(): void {
    this.source.next().then(
      ({ value, done }) => this.push(done ? null : value),
      (error: Error) => this.destroy(error),
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.gone.abort();
    done(error);
  }
}
