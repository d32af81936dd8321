import { AuthError } from '@usher/contracts/errors';

const DEFAULT_SIZE = 50;
const LARGEST_UNSIGNED = 2n ** 64n - 1n;
const LARGEST_SIGNED = 2n ** 63n - 1n;

/** One page of a list by number. */
export interface Page {
  /** As asked for: page 0 shows the first page. */
  page: number;
  perPage: number;
  /** For SQL, as text: may be beyond what a number holds. */
  limit: string;
  offset: string;
}

/** `page` and `per_page` of a query (accounts.md §22.2); '' counts as absent. */
export function parsePage(page: string, perPage: string): Page {
  const number = page ? unsigned(page) : 1n;
  const size = perPage ? unsigned(perPage) : BigInt(DEFAULT_SIZE);
  // The reference divides by it.
  if (size === 0n) throw badPagination('per_page must be greater than 0');
  const offset = number > 1n ? (number - 1n) * size : 0n;
  return {
    page: Number(number),
    perPage: Number(size),
    limit: String(size < LARGEST_SIGNED ? size : LARGEST_SIGNED),
    offset: String(offset < LARGEST_SIGNED ? offset : LARGEST_SIGNED),
  };
}

/** Throws what the reference answers for text that is no unsigned integer. */
export function unsigned(text: string): bigint {
  if (!/^[0-9]+$/.test(text)) throw badPagination(`strconv.ParseUint: parsing ${JSON.stringify(text)}: invalid syntax`);
  const value = BigInt(text);
  if (value > LARGEST_UNSIGNED)
    throw badPagination(`strconv.ParseUint: parsing ${JSON.stringify(text)}: value out of range`);
  return value;
}

export function badPagination(reason: string): AuthError {
  return new AuthError('validation_failed', `Bad Pagination Parameters: ${reason}`);
}
