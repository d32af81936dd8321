import { Injectable } from '@nestjs/common';
import type { FeedStats } from '@usher/contracts/events/stats.contract';
import { Clock } from '@usher/runtime/clock';
import { toSequence } from '../envelope/cloud-event.js';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { StreamStats } from './stream-stats.client.js';
import { StatsRepository } from './stats.repository.js';

/** How far everything is behind; what NATS would say is left out while it is away. */
@Injectable()
export class StatsService {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly repository: StatsRepository,
    private readonly streams: StreamStats,
    private readonly clock: Clock,
  ) {}

  async stats(): Promise<FeedStats> {
    const [{ last }, stream, endpoints] = await Promise.all([
      this.outbox.extent(),
      this.streams.read(),
      this.repository.endpoints(),
    ]);
    const published = stream?.position ?? last;
    const { unnumbered, oldest_at } = await this.repository.depth(published);
    const age = oldest_at ? (this.clock.now().getTime() - new Date(oldest_at).getTime()) / 1000 : 0;
    return {
      cursor: toSequence(last),
      outbox: { unnumbered, unpublished: Math.max(last - published, 0), oldest_seconds: Math.max(Math.round(age), 0) },
      consumers: stream?.consumers ?? [],
      endpoints: endpoints.map(({ id, url, status, lag, failing_since }) => ({
        id,
        url,
        status,
        lag,
        ...(failing_since ? { failing_since } : {}),
      })),
      dead_letters: (stream?.deadLetters ?? 0) + endpoints.reduce((sum, { dead }) => sum + dead, 0),
    };
  }
}
