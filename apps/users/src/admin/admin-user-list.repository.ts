import { Injectable } from '@nestjs/common';
import { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import type { UserRow } from '@usher/database/users/user-row';
import type { Page } from './page.js';
import type { CursorPage } from './user-cursor.js';
import type { Direction } from './user-sort.js';

const DIRECTIONS: readonly Direction[] = ['ASC', 'DESC'];

/** `%` and `_` of the filter are wildcards, the e-mail is compared with its case: clients rely on both (accounts.md §22.2). */
const MATCHING = `u.instance_id = '00000000-0000-0000-0000-000000000000' AND u.aud = $1
  AND ($2::text IS NULL OR u.email LIKE $2 OR u.raw_user_meta_data->>'full_name' ILIKE $2)`;

const byNumber = (direction: Direction) =>
  statement<(UserRow | { id: null }) & { total: number }>(
    `users.page.${direction}`,
    `SELECT matching.total, page.* FROM (SELECT count(*) AS total FROM users u WHERE ${MATCHING}) matching
     LEFT JOIN LATERAL (SELECT u.* FROM users u WHERE ${MATCHING}
       ORDER BY u.created_at ${direction}, u.id ${direction} LIMIT $3 OFFSET $4) page ON true
     ORDER BY page.created_at ${direction}, page.id ${direction}`,
  );
const fromCursor = (direction: Direction) =>
  statement<UserRow>(
    `users.cursor.${direction}`,
    `SELECT u.* FROM users u WHERE ${MATCHING}
       AND ($4::timestamptz IS NULL OR (u.created_at, u.id) ${direction === 'ASC' ? '>' : '<'} ($4::timestamptz, $5::uuid))
     ORDER BY u.created_at ${direction}, u.id ${direction} LIMIT $3`,
  );

const perDirection = <T>(make: (direction: Direction) => T) =>
  Object.fromEntries(DIRECTIONS.map((direction) => [direction, make(direction)])) as Record<Direction, T>;
const pages = perDirection(byNumber);
const cursors = perDirection(fromCursor);

const pattern = (filter: string): string | null => (filter ? `%${filter}%` : null);

/** The users of an audience, those of SSO, anonymous and softly deleted ones included. */
@Injectable()
export class AdminUserListRepository {
  constructor(private readonly database: Database) {}

  async page(
    audience: string,
    filter: string,
    direction: Direction,
    { limit, offset }: Page,
  ): Promise<{ users: UserRow[]; total: number }> {
    const rows = await this.database.rows(pages[direction], [audience, pattern(filter), limit, offset]);
    // A page without users still has the row with the total.
    const users = rows.filter((row): row is UserRow & { total: number } => row.id !== null);
    return { users, total: rows[0]?.total ?? 0 };
  }

  /** One user more than asked for when there are more. */
  after(audience: string, filter: string, { limit, after, direction }: CursorPage): Promise<UserRow[]> {
    const values = [audience, pattern(filter), limit + 1, after?.created_at ?? null, after?.id ?? null];
    return this.database.rows(cursors[direction], values);
  }
}
