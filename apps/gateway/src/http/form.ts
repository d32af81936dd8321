/** The first value of a parameter in `a=b&c=d`, '' when absent; a pair that cannot be decoded is skipped, as is one with a semicolon. */
export function formValue(encoded: string, name: string): string {
  return formValues(encoded, name)[0] ?? '';
}

/** All values of a parameter, in order. */
export function formValues(encoded: string, name: string): string[] {
  return encoded ? [...formPairs(encoded)].filter(([key]) => key === name).map(([, value]) => value) : [];
}

export function* formPairs(encoded: string): Generator<[string, string]> {
  for (const pair of encoded.split('&')) {
    if (!pair || pair.includes(';')) continue;
    const at = pair.indexOf('=');
    const key = decode(at < 0 ? pair : pair.slice(0, at));
    const value = decode(at < 0 ? '' : pair.slice(at + 1));
    if (key !== undefined && value !== undefined) yield [key, value];
  }
}

function decode(text: string): string | undefined {
  const spaced = text.replaceAll('+', ' ');
  if (!spaced.includes('%')) return spaced;
  if (/%(?![0-9a-fA-F]{2})/.test(spaced)) return undefined;
  const bytes = Buffer.from(
    spaced.replace(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
  // Characters beyond Latin-1 cannot stand in a request line; Node hands it over byte by byte.
  return bytes.toString('utf8');
}
