const KEPT = 64;

/**
 * Sending a mail takes time, finding nobody to send it to takes none: a clock would tell who has an account. So an answer for nobody takes as long as one
 * of the last answers for somebody took.
 */
export class AnswerPace {
  private readonly durations: number[] = [];
  private next = 0;

  /** An answer for somebody took that long, in ms. */
  note(duration: number): void {
    this.durations[this.next] = duration;
    this.next = (this.next + 1) % KEPT;
  }

  /** How long an answer for nobody should take; `random` is uniform below 1. */
  duration(random: () => number): number {
    return this.durations[Math.floor(random() * this.durations.length)] ?? 0;
  }
}
