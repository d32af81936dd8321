const FORMS = /^(?:urn:uuid:)?\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

export const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** The canonical form of a UUID written in any of the forms that clients of the reference may use; undefined when it is none. */
export function canonicalUuid(text: string): string | undefined {
  const groups = FORMS.exec(text)?.slice(1);
  if (!groups || text.startsWith('{') !== text.endsWith('}')) return undefined;
  return groups.join('-').toLowerCase();
}
