import { Injectable } from '@nestjs/common';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';

/** Counts before the try is looked at, so that many at once cannot pass together. Takes a few old rows along. */
const take = statement<{ attempts: number; ends_at: string }>(
  'attempts.take',
  `WITH old AS (
     DELETE FROM auth_events.attempts WHERE digest IN (
       SELECT digest FROM auth_events.attempts WHERE ends_at < $2 AND digest <> $1 LIMIT 10 FOR UPDATE SKIP LOCKED)
   )
   INSERT INTO auth_events.attempts AS a (digest, attempts, ends_at) VALUES ($1, 1, $3)
   ON CONFLICT (digest) DO UPDATE SET
     attempts = CASE WHEN a.ends_at < $2 THEN 1 ELSE a.attempts + 1 END,
     ends_at = CASE WHEN a.ends_at < $2 THEN excluded.ends_at ELSE a.ends_at END
   RETURNING attempts, ends_at`,
);
const forget = statement('attempts.forget', 'DELETE FROM auth_events.attempts WHERE digest = $1');

/** Every query on `auth_events.attempts`. */
@Injectable()
export class AttemptsRepository {
  constructor(private readonly database: Database) {}

  /** How many there were in the present window, this one included. */
  async take(digest: Buffer, now: Date, endsAt: Date): Promise<number> {
    return (await this.database.first(take, [digest, now, endsAt]))?.attempts ?? 1;
  }

  async forget(digest: Buffer): Promise<void> {
    await this.database.run(forget, [digest]);
  }
}
