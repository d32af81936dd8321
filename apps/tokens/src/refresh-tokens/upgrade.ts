import { crc32 } from 'node:zlib';

/** Whether a session goes over to version 2: the same answer every time for one session. */
export function isUpgraded(sessionId: string, percentage: number): boolean {
  return crc32(sessionId) % 100 < percentage;
}
