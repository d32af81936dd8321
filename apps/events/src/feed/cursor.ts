/** The position that a cursor stands for, or undefined for what is none. */
export function parseCursor(cursor: string): number | undefined {
  if (!/^\d{1,20}$/.test(cursor)) return undefined;
  const position = Number(cursor);
  return Number.isSafeInteger(position) ? position : undefined;
}
