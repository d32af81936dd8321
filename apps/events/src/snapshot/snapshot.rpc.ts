import { Controller } from '@nestjs/common';
import { digestFeed, type SourceDigest } from '@usher/contracts/events/digest.contract';
import { readSnapshot, type SnapshotPageInput } from '@usher/contracts/events/snapshot.contract';
import type { JsonReply } from '@usher/contracts/rpc';
import { Handles } from '@usher/messaging/handles';
import { SnapshotService } from './snapshot.service.js';

@Controller()
export class SnapshotRpc {
  constructor(private readonly snapshot: SnapshotService) {}

  @Handles(readSnapshot)
  page(input: SnapshotPageInput): Promise<JsonReply> {
    return this.snapshot.page(input);
  }

  @Handles(digestFeed)
  digest(): Promise<SourceDigest> {
    return this.snapshot.digest();
  }
}
