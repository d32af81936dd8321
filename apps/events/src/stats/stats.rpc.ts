import { Controller } from '@nestjs/common';
import { feedStats, type FeedStats } from '@usher/contracts/events/stats.contract';
import { Handles } from '@usher/messaging/handles';
import { StatsService } from './stats.service.js';

@Controller()
export class StatsRpc {
  constructor(private readonly service: StatsService) {}

  @Handles(feedStats)
  stats(): Promise<FeedStats> {
    return this.service.stats();
  }
}
