import type { IdpMetadata } from '../sso-providers/idp-metadata.js';
import { readDuration, readInstant } from './instant.js';

const DAY = 86_400_000;

/** Whether metadata should be fetched again: by their own words, or after a day (sso-saml.md §5.2). */
export function isStale({ validUntil, cacheDuration }: IdpMetadata, fetchedAt: string, now: Date): boolean {
  const end = readInstant(validUntil);
  if (end !== undefined && now.getTime() > end) return true;
  const age = now.getTime() - Date.parse(fetchedAt);
  const duration = readDuration(cacheDuration);
  if (duration !== undefined) return age > duration;
  return end === undefined && age > DAY;
}
