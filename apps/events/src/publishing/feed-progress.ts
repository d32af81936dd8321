/** How far this process got, for metrics. */
export class FeedProgress {
  /** Position of the last event that is known to be in the stream. */
  publishedPosition = 0;

  published(position: number): void {
    this.publishedPosition = position;
  }
}
