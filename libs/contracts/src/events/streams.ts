/** The feed, for consumers (events.md "Subjects and streams"). */
export const EVENTS_STREAM = 'AUTH_EVENTS';

/** Told after positions were given: a hint for publishers, polling is the guarantee. */
export const FEED_POKE = 'usher.poke.feed';

export const PARTITIONS = 16;

/**
 * Partition of a subject: FNV-1a (32 bits) of its text, modulo 16. Part of the contract: consumers that run in parallel compute it too.
 */
export function partitionOf(subject: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(subject)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % PARTITIONS;
}

/** `<prefix>.pNN.<entity>.<action>`. Ids are never in it. `type` is without `auth.`. */
export function eventSubject(prefix: string, type: string, subject: string): string {
  return `${prefix}.p${String(partitionOf(subject)).padStart(2, '0')}.${type}`;
}
