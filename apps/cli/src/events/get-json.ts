import { apiUrl, type HttpSource } from '@usher/auth-events';

/** The JSON answer of a path of the auth API, or undefined where the server does not have it. */
export async function getJson<T>(source: HttpSource, path: string): Promise<T | undefined> {
  const headers = { authorization: `Bearer ${source.key}`, apikey: source.key };
  const response = await fetch(apiUrl(source, path), { headers, signal: AbortSignal.timeout(60_000) });
  if (response.status === 404) return undefined;
  if (!response.ok)
    throw new Error(`GET ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return (await response.json()) as T;
}
