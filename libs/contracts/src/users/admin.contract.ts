import { rpc } from '../rpc.js';
import type { JsonObject, UserObject } from '../user-object.js';

export interface AdminUserParams {
  id?: string;
  aud?: string;
  role?: string;
  email?: string;
  phone?: string;
  password?: string;
  passwordHash?: string;
  emailConfirm?: boolean;
  phoneConfirm?: boolean;
  userMetadata?: JsonObject;
  appMetadata?: JsonObject;
  banDuration?: string;
}

/** POST /admin/users (accounts.md §22.6). */
export const adminCreateUser = rpc<AdminUserParams, UserObject>('users', 'admin-create-user');

/** GET /admin/users/{user_id} (accounts.md §22.4). */
export const adminGetUser = rpc<{ userId: string }, UserObject>('users', 'admin-get-user', { idempotent: true });

/** PUT /admin/users/{user_id} (accounts.md §22.7). */
export const adminUpdateUser = rpc<
  { userId: string; params: AdminUserParams },
  { user: UserObject; endSessions: boolean }
>('users', 'admin-update-user');

/** DELETE /admin/users/{user_id} (accounts.md §22.8). */
export const adminDeleteUser = rpc<{ userId: string; soft: boolean }, Record<string, never>>(
  'users',
  'admin-delete-user',
);

export interface ListUsersInput {
  /** Raw query values, '' when absent: parsed by the service because the texts of its errors name them. */
  page: string;
  perPage: string;
  limit: string;
  cursor: string;
  sort: string[];
  filter: string;
}

export interface UserPage {
  users: UserObject[];
  aud: string;
  pagination?: { next_cursor?: string; has_more: boolean };
}

/** The page, and what the gateway needs for `X-Total-Count` and `Link` (accounts.md §22.2). */
export interface ListedUsers {
  body: UserPage;
  total?: number;
  page?: number;
  perPage?: number;
}

/** GET /admin/users. */
export const adminListUsers = rpc<ListUsersInput, ListedUsers>('users', 'admin-list-users', { idempotent: true });

/** POST /invite (accounts.md §22.1). */
export const inviteUser = rpc<{ email: string; data?: JsonObject | null }, UserObject>('users', 'invite-user');

export interface GenerateLinkInput {
  type: string;
  email: string;
  newEmail?: string;
  password?: string;
  data?: JsonObject | null;
}

/** POST /admin/generate_link (accounts.md §23.1). */
export const generateLink = rpc<GenerateLinkInput, UserObject & Record<string, unknown>>('users', 'generate-link');

export interface AuditPage {
  entries: { id: string; payload: JsonObject; created_at: string; ip_address: string }[];
  total: number;
  page: number;
  perPage: number;
}

/** GET /admin/audit (accounts.md §23.2). */
export const listAuditEntries = rpc<{ page: string; perPage: string; query: string }, AuditPage>(
  'users',
  'list-audit-entries',
  { idempotent: true },
);
