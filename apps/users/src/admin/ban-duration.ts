import { AuthError } from '@usher/contracts/errors';
import { parseGoDuration } from '@usher/runtime/settings/go-duration';

/**
 * Until when a `ban_duration` bans (accounts.md §22.5): null lifts the ban, undefined leaves it as it is.
 * Throws `validation_failed` for what is neither `none` nor a Go duration.
 */
export function banUntil(duration: string | undefined, now: Date): Date | null | undefined {
  if (!duration) return undefined;
  if (duration === 'none') return null;
  const milliseconds = parse(duration);
  return milliseconds === 0 ? null : new Date(now.getTime() + milliseconds);
}

function parse(duration: string): number {
  try {
    return parseGoDuration(duration);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AuthError('validation_failed', `invalid format for ban duration: ${reason}`);
  }
}
