import { FeedDigest, type PartitionDigest } from '@usher/contracts/events/digest';
import type { SourceDigest } from '@usher/contracts/events/digest.contract';
import type { HttpSource } from '@usher/auth-events';
import pg from 'pg';
import { findSource } from './find-source.js';
import type { SourceFlags } from './flags.js';
import { getJson } from './get-json.js';
import { past } from './pages.js';
import { print, printJson, say, table } from './table.js';

export interface VerifyFlags extends SourceFlags {
  consumer: string;
  database: string;
  inbox: string;
  wait: string;
}

const STEP_MS = 500;
const PAGE = 10_000;

/** `usher events verify`: whether a consumer has received the newest event of every user, by count and digest of each partition. */
export async function verify(flags: VerifyFlags): Promise<void> {
  const source = findSource(flags);
  const deadline = Date.now() + Number(flags.wait) * 1_000;
  for (;;) {
    const [theirs, ours] = await Promise.all([sourceDigest(source), consumerDigest(flags)]);
    const rows = theirs.map((partition, n) => ({ ...partition, consumer: ours[n]! }));
    const differing = rows.filter(({ digest, consumer }) => digest !== consumer.digest).length;
    if (differing && Date.now() < deadline) {
      // What is under way is no difference yet.
      await new Promise((resolve) => setTimeout(resolve, STEP_MS));
      continue;
    }
    if (flags.json) printJson({ equal: differing === 0, partitions: rows });
    else report(flags.consumer, rows, differing);
    if (differing) process.exitCode = 1;
    return;
  }
}

function report(name: string, rows: (PartitionDigest & { consumer: PartitionDigest })[], differing: number): void {
  print(
    table(
      ['PARTITION', 'SOURCE', 'CONSUMER', 'DIGEST', ''],
      rows.map(({ partition, subjects, digest, consumer }) => [
        `p${String(partition).padStart(2, '0')}`,
        subjects,
        consumer.subjects,
        digest,
        digest === consumer.digest ? 'equal' : `differs: ${consumer.digest}`,
      ]),
    ),
  );
  const total = rows.reduce((sum, { subjects }) => sum + subjects, 0);
  say(
    differing
      ? `${name} differs in ${differing} partitions`
      : `${name} has all ${total} subjects at their last version`,
  );
}

/** The server's, or where it has none, that of its whole feed. */
async function sourceDigest(source: HttpSource): Promise<PartitionDigest[]> {
  const told = await getJson<SourceDigest>(source, '/events/digest');
  if (told) return told.partitions;
  const versions = new Map<string, number>();
  for await (const { subject, subjectversion } of past(source, {})) versions.set(subject, subjectversion);
  const digest = new FeedDigest();
  for (const [subject, version] of versions) digest.add(subject, version);
  return digest.partitions();
}

async function consumerDigest({ consumer, database, inbox }: VerifyFlags): Promise<PartitionDigest[]> {
  if (!/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/.test(inbox)) throw new Error(`"${inbox}" is no name of a table`);
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  const digest = new FeedDigest();
  try {
    for (let last = ''; ;) {
      const { rows } = await client.query<{ subject: string; version: string }>(
        `SELECT subject, version FROM ${inbox} WHERE consumer = $1 AND subject > $2 ORDER BY subject LIMIT ${PAGE}`,
        [consumer, last],
      );
      for (const { subject, version } of rows) digest.add(subject, Number(version));
      if (rows.length < PAGE) return digest.partitions();
      last = rows.at(-1)!.subject;
    }
  } finally {
    await client.end();
  }
}
