import { Injectable } from '@nestjs/common';
import { BatchedRead } from '@usher/database/batched-read';
import { Database, type Queryable, type Transaction } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { updateRow } from '@usher/database/row-patch';
import { liveSession } from '@usher/database/sessions/live-session';
import { statement } from '@usher/database/statement';
import { USER_WITH_ASSOCIATIONS } from '@usher/database/users/user-columns';
import type { UserRow, UserWithAssociations } from '@usher/database/users/user-row';

const NIL_INSTANCE = `u.instance_id = '00000000-0000-0000-0000-000000000000'`;

const byEmail = statement<UserWithAssociations>(
  'users.byEmail',
  `SELECT ${USER_WITH_ASSOCIATIONS} FROM users u
   WHERE ${NIL_INSTANCE} AND lower(u.email) = lower($2) AND u.aud = $1 AND u.is_sso_user = false`,
);
const byPhone = statement<UserWithAssociations>(
  'users.byPhone',
  `SELECT ${USER_WITH_ASSOCIATIONS} FROM users u WHERE ${NIL_INSTANCE} AND u.phone = $2 AND u.aud = $1 AND u.is_sso_user = false`,
);
const byPendingPhone = statement<UserWithAssociations>(
  'users.byPendingPhone',
  `SELECT ${USER_WITH_ASSOCIATIONS} FROM users u
   WHERE ${NIL_INSTANCE} AND u.phone_change = $2 AND u.aud = $1 AND u.is_sso_user = false`,
);
const byId = statement<UserWithAssociations>(
  'users.byId',
  `SELECT ${USER_WITH_ASSOCIATIONS} FROM users u WHERE ${NIL_INSTANCE} AND u.id = $1`,
);
const current = statement<UserWithAssociations & { asked: number; session: SessionFacts | null }>(
  'users.current',
  `SELECT q.asked, ${USER_WITH_ASSOCIATIONS},
     (SELECT json_build_object('id', s.id, 'aal', s.aal, 'created_at', s.created_at, 'methods',
        coalesce((SELECT json_agg(c.authentication_method) FROM mfa_amr_claims c WHERE c.session_id = s.id), '[]'))
      FROM sessions s WHERE s.id = q.session_id AND s.user_id = u.id AND ${liveSession('s')}) AS session
   FROM unnest($1::uuid[], $2::uuid[]) WITH ORDINALITY AS q(user_id, session_id, asked)
     JOIN users u ON u.id = q.user_id AND ${NIL_INSTANCE}`,
);
const lock = statement<UserRow>('users.lock', 'SELECT * FROM users WHERE id = $1 FOR UPDATE');
const remove = statement('users.delete', 'DELETE FROM users WHERE id = $1');
const insert = statement<UserRow>(
  'users.insert',
  `INSERT INTO users (instance_id, id, aud, role, email, phone, encrypted_password, raw_app_meta_data, raw_user_meta_data,
     is_anonymous, is_sso_user, email_confirmed_at, phone_confirmed_at, last_sign_in_at, banned_until, invited_at,
     confirmation_token, recovery_token, email_change_token_new, email_change, created_at, updated_at)
   VALUES ('00000000-0000-0000-0000-000000000000', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,
     '', '', '', '', $16, $16)
   RETURNING *`,
);
/** Users of this audience who hold an identity with that address in the default linking domain (accounts.md §15.3 step 5). */
const byIdentityEmail = statement<UserWithAssociations>(
  'users.byIdentityEmail',
  `SELECT ${USER_WITH_ASSOCIATIONS} FROM users u WHERE ${NIL_INSTANCE} AND u.aud = $1 AND u.id IN (
     SELECT i.user_id FROM identities i
     WHERE i.email = lower($2) AND i.provider NOT LIKE 'sso:%' AND NOT i.provider = ANY ($3))
   ORDER BY u.created_at, u.id`,
);

/** What of the session a user's own request depends on. */
export interface SessionFacts {
  id: string;
  aal: string | null;
  created_at: string;
  methods: string[];
}

export interface NewUser {
  id: string;
  aud: string;
  role: string;
  email?: string;
  phone?: string;
  encryptedPassword: string | null;
  appMetadata: object;
  userMetadata: object | null;
  isAnonymous?: boolean;
  isSsoUser?: boolean;
  emailConfirmedAt?: Date;
  phoneConfirmedAt?: Date;
  lastSignInAt?: Date;
  bannedUntil?: Date;
  invitedAt?: Date;
}

/** Every query on `auth.users`. */
@Injectable()
export class UsersRepository {
  private readonly current: BatchedRead<UserWithAssociations & { asked: number; session: SessionFacts | null }>;

  constructor(private readonly database: Database) {
    this.current = new BatchedRead(database, current);
  }

  findByEmail(
    audience: string,
    email: string,
    on: Queryable = this.database,
  ): Promise<UserWithAssociations | undefined> {
    return on.first(byEmail, [audience, email]);
  }

  findByPhone(
    audience: string,
    phone: string,
    on: Queryable = this.database,
  ): Promise<UserWithAssociations | undefined> {
    return on.first(byPhone, [audience, phone]);
  }

  findByPendingPhone(audience: string, phone: string): Promise<UserWithAssociations | undefined> {
    return this.database.first(byPendingPhone, [audience, phone]);
  }

  findById(id: string, on: Queryable = this.database): Promise<UserWithAssociations | undefined> {
    return on.first(byId, [id]);
  }

  /** The user of a bearer token together with its session, in one query. */
  findCurrent(
    id: string,
    sessionId: string | null,
  ): Promise<(UserWithAssociations & { session: SessionFacts | null }) | undefined> {
    return this.current.read(id, sessionId);
  }

  /** Who already has this address, by account or by linked identity; `otherDomains` are providers that link among themselves only. */
  async findDuplicate(
    audience: string,
    email: string,
    otherDomains: readonly string[],
    except?: string,
  ): Promise<UserWithAssociations | undefined> {
    const holders = await this.database.rows(byIdentityEmail, [audience, email, otherDomains]);
    const holder = holders.find((user) => user.id !== except);
    if (holder) return holder;
    const owner = await this.findByEmail(audience, email);
    return owner?.id === except ? undefined : owner;
  }

  /** Takes the row's lock, which every writer of a user takes first. Undefined when the user is gone. */
  lockForUpdate(tx: Transaction, id: string): Promise<UserRow | undefined> {
    return tx.first(lock, [id]);
  }

  async insert(tx: Transaction, user: NewUser, now: Date): Promise<UserRow> {
    const row = await tx.first(insert, [
      user.id,
      user.aud,
      user.role,
      user.email || null,
      user.phone || null,
      user.encryptedPassword,
      jsonParameter(user.appMetadata),
      jsonParameter(user.userMetadata),
      user.isAnonymous ?? false,
      user.isSsoUser ?? false,
      user.emailConfirmedAt ?? null,
      user.phoneConfirmedAt ?? null,
      user.lastSignInAt ?? null,
      user.bannedUntil ?? null,
      user.invitedAt ?? null,
      now,
    ]);
    if (!row) throw new Error('the new user was not inserted');
    return row;
  }

  update(tx: Queryable, id: string, patch: UserPatch, now: Date): Promise<UserRow> {
    const json = (value: unknown) => (value === undefined ? undefined : jsonParameter(value));
    const { raw_app_meta_data: app, raw_user_meta_data: data, ...rest } = patch;
    const columns = {
      ...rest,
      ...(app === undefined ? {} : { raw_app_meta_data: json(app) }),
      ...(data === undefined ? {} : { raw_user_meta_data: json(data) }),
    };
    return updateRow<UserRow>(tx, 'users', id, columns as Partial<UserRow>, now);
  }

  async delete(tx: Transaction, id: string): Promise<void> {
    await tx.run(remove, [id]);
  }
}

/** Columns that may be set; times as `Date`. */
export type UserPatch = { [K in keyof UserRow]?: UserRow[K] | Date };
