import { Injectable } from '@nestjs/common';
import { digestFeed } from '@usher/contracts/events/digest.contract';
import { readSnapshot, SNAPSHOT_MEDIA_TYPE, type SnapshotPage } from '@usher/contracts/events/snapshot.contract';
import { feedStats } from '@usher/contracts/events/stats.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { Answer } from '../http/answer.js';
import type { Exchange } from '../http/exchange.js';
import { TextStream } from '../http/text-stream.js';

type ReadPage = (after?: string) => Promise<SnapshotPage>;

/** GET /events/snapshot, /events/digest, /events/stats. */
@Injectable()
export class SnapshotFlow {
  constructor(private readonly rpc: RpcClient) {}

  /** Page by page as the client reads: memory does not grow with the number of users. */
  async snapshot(exchange: Exchange): Promise<Answer> {
    const context = exchange.context();
    const readPage: ReadPage = (after) => this.rpc.call(readSnapshot, { after }, context);
    const first = await readPage();
    return Answer.stream(new TextStream((signal) => snapshotLines(first, readPage, signal)), {
      'content-type': SNAPSHOT_MEDIA_TYPE,
    });
  }

  async digest(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(digestFeed, {}, exchange.context()));
  }

  async stats(exchange: Exchange): Promise<Answer> {
    return Answer.raw(await this.rpc.forward(feedStats, {}, exchange.context()));
  }
}

async function* snapshotLines(first: SnapshotPage, readPage: ReadPage, signal: AbortSignal): AsyncGenerator<string> {
  yield lineOf({ cursor: first.cursor });
  let count = 0;
  for (let page = first; ; page = await readPage(page.data.at(-1)?.subject)) {
    count += page.data.length;
    if (page.data.length) yield page.data.map(lineOf).join('');
    if (signal.aborted) return;
    if (!page.has_more) break;
  }
  yield lineOf({ count });
}

const lineOf = (value: object): string => `${JSON.stringify(value)}\n`;
