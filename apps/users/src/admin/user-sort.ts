import { AuthError } from '@usher/contracts/errors';

export type Direction = 'ASC' | 'DESC';

/** Direction of the order by `created_at` (accounts.md §22.2). Every value is checked, and the first decides: there is one field to sort by. */
export function parseSort(sort: readonly string[]): Direction {
  return sort.map(directionOf)[0] ?? 'DESC';
}

function directionOf(value: string): Direction {
  const space = value.indexOf(' ');
  const field = space < 0 ? value : value.slice(0, space);
  const direction = space < 0 ? 'desc' : value.slice(space + 1);
  if (field !== 'created_at') throw badSort(`bad field for sort '${field}'`);
  if (/^asc$/i.test(direction)) return 'ASC';
  if (/^desc$/i.test(direction)) return 'DESC';
  throw badSort(`bad direction for sort '${direction}', only 'asc' and 'desc' allowed`);
}

function badSort(reason: string): AuthError {
  return new AuthError('validation_failed', `Bad Sort Parameters: ${reason}`);
}
