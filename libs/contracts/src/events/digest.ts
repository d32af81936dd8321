import { PARTITIONS, partitionOf } from './streams.js';

/** Count and digest of a partition's subjects with their versions: equal on both sides means that nothing is missing. */
export interface PartitionDigest {
  partition: number;
  /** Subjects that have an event. */
  subjects: number;
  /** 16 hexadecimal digits. */
  digest: string;
}

/**
 * Sums, modulo 2^32, two hashes of each `<subject> <version>`: the order in which subjects come does not matter, so that source and consumer need no
 * sorting. FNV-1a from two offsets, each finished by the mixing steps of MurmurHash3. Subjects of version 0 have no event and do not count.
 */
export class FeedDigest {
  private readonly counts = new Uint32Array(PARTITIONS);
  private readonly low = new Uint32Array(PARTITIONS);
  private readonly high = new Uint32Array(PARTITIONS);

  add(subject: string, version: number): void {
    if (version < 1) return;
    const partition = partitionOf(subject);
    const text = `${subject} ${version}`;
    this.counts[partition]! += 1;
    this.low[partition]! += hash(text, 0x811c9dc5);
    this.high[partition]! += hash(text, 0x9e3779b9);
  }

  partitions(): PartitionDigest[] {
    return Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      subjects: this.counts[partition]!,
      digest: hex(this.high[partition]!) + hex(this.low[partition]!),
    }));
  }
}

function hash(text: string, offset: number): number {
  let h = offset;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const hex = (word: number): string => word.toString(16).padStart(8, '0');
