import type { JsonObject } from '@usher/contracts/user-object';

/** Top-level merge: a null of the change removes the member, one that is stored stays (accounts.md §20.2). */
export function mergeMetadata(current: JsonObject | null, change: JsonObject): JsonObject {
  const merged = new Map(Object.entries(current ?? {}));
  for (const [key, value] of Object.entries(change)) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** Metadata in which null stands for absence. */
export function withoutNulls(data: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}
