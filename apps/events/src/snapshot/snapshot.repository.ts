import { Injectable } from '@nestjs/common';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import { USER_WITH_ASSOCIATIONS } from '@usher/database/users/user-columns';
import type { UserWithAssociations } from '@usher/database/users/user-row';

/** A subject with its version and, where it is a user, the user: of one snapshot of the database. `id` is null where there is no user. */
export type StateRow = { subject: string; version: number } & (UserWithAssociations | { id: null });

const STATE = `SELECT page.subject, coalesce(s.version, 0) AS version, u.*
   FROM page LEFT JOIN auth_events.subjects s ON s.subject_id = page.subject
   LEFT JOIN LATERAL (SELECT ${USER_WITH_ASSOCIATIONS} FROM users u WHERE u.id = page.subject) u ON true
   ORDER BY page.subject`;

/** Subjects and users in order of their ids; either side is walked by its primary key. */
const after = statement<StateRow>(
  'snapshot.after',
  `WITH page AS (
     SELECT subject FROM (
       (SELECT subject_id AS subject FROM auth_events.subjects WHERE subject_id > $1 ORDER BY subject_id LIMIT $2)
       UNION
       (SELECT id FROM users WHERE id > $1 ORDER BY id LIMIT $2)) AS either
     ORDER BY subject LIMIT $2)
   ${STATE}`,
);

const versions = statement<{ subject_id: string; version: number }>(
  'snapshot.versions',
  'SELECT subject_id, version FROM auth_events.subjects WHERE subject_id > $1 ORDER BY subject_id LIMIT $2',
);

@Injectable()
export class SnapshotRepository {
  constructor(private readonly database: Database) {}

  after(subject: string, limit: number): Promise<StateRow[]> {
    return this.database.rows(after, [subject, limit]);
  }

  versionsAfter(subject: string, limit: number): Promise<{ subject_id: string; version: number }[]> {
    return this.database.rows(versions, [subject, limit]);
  }
}
