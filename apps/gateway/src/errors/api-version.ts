/** The two formats of errors (accounts.md §3.1). */
export const V2024 = '2024-01-01';
export const LEGACY = '';
export type ApiVersion = typeof V2024 | typeof LEGACY;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Which format a request's `X-Supabase-Api-Version` asks for: dates before 2024 and what is no date ask for the first. */
export function apiVersion(header: string): ApiVersion {
  const match = DATE.exec(header);
  if (!match) return LEGACY;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && header >= V2024 ? V2024 : LEGACY;
}
