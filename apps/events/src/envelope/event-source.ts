/** `source` of every event: the public URL, as one spelling. */
export function eventSource(externalUrl: string): string {
  return externalUrl.replace(/\/+$/, '');
}
