import type { Direction } from './user-sort.js';
import { badPagination, unsigned } from './page.js';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 1000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const TIME = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/;
const NIL = '00000000-0000-0000-0000-000000000000';

/** A place in the list of users: after the user with this time and id. */
export interface UserPosition {
  created_at: string;
  id: string;
}

/** One page of a list by cursor. */
export interface CursorPage {
  limit: number;
  after?: UserPosition;
  direction: Direction;
}

export function parseCursorPage(limit: string, cursor: string, direction: Direction): CursorPage {
  const wanted = limit ? unsigned(limit) : BigInt(DEFAULT_LIMIT);
  if (wanted === 0n) throw badPagination('limit must be greater than 0');
  const capped = wanted > BigInt(MAX_LIMIT) ? MAX_LIMIT : Number(wanted);
  return { limit: capped, after: cursor ? decodeCursor(cursor) : undefined, direction };
}

/** base64url of JSON: opaque to clients. */
export function encodeCursor({ created_at, id }: UserPosition): string {
  return Buffer.from(JSON.stringify({ created_at, id })).toString('base64url');
}

function decodeCursor(cursor: string): UserPosition {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) throw badPagination('invalid cursor encoding');
  const { created_at, id } = readJson(Buffer.from(cursor, 'base64url').toString());
  if (id === undefined || id === NIL) throw badPagination('invalid cursor: missing id');
  if (created_at === undefined) throw badPagination('invalid cursor: missing created_at');
  if (typeof id !== 'string' || !UUID.test(id)) throw badPagination('invalid cursor: bad id');
  if (typeof created_at !== 'string' || !isTime(created_at)) throw badPagination('invalid cursor: bad created_at');
  return { created_at, id };
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    throw badPagination('invalid cursor: not JSON');
  }
}

/** Stricter than `Date`, which takes the 30th of February for the 1st of March: PostgreSQL refuses it. */
function isTime(text: string): boolean {
  const time = new Date(text);
  return TIME.test(text) && !Number.isNaN(time.getTime()) && time.toISOString().slice(0, 19) === text.slice(0, 19);
}
