import { Controller } from '@nestjs/common';
import { listEvents, type ListEventsInput } from '@usher/contracts/events/feed.contract';
import type { JsonReply } from '@usher/contracts/rpc';
import { Handles } from '@usher/messaging/handles';
import { FeedService } from './feed.service.js';

@Controller()
export class FeedRpc {
  constructor(private readonly feed: FeedService) {}

  @Handles(listEvents)
  list(input: ListEventsInput): Promise<JsonReply> {
    return this.feed.list(input);
  }
}
