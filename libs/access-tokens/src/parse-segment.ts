/** The JSON object of a segment of a compact JWS. Throws an `Error` that says what is wrong with it. */
export function parseSegment(segment: string): Record<string, unknown> {
  const bytes = decodeBase64url(segment);
  if (!bytes) throw new Error('illegal base64 data');
  const text = bytes.toString('utf8');
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
  // RFC 7519 §4: two readers of one token must not see two different values.
  if (membersIn(text) !== Object.keys(value).length) throw new Error('duplicate members');
  return value as Record<string, unknown>;
}

/** Undefined for anything but the one canonical spelling: bits beyond the last byte would be a second one (RFC 4648 §3.5). */
export function decodeBase64url(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : undefined;
}

/** Members of the outermost object of a valid JSON text, counted by their colons. */
function membersIn(text: string): number {
  let [count, depth, quoted] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === ':' && depth === 1) count++;
  }
  return count;
}
