/**
 * `user.created,auth.session.*` as LIKE patterns of stored types; all for nothing, undefined for what cannot be a type. Types hold `_`, which LIKE
 * would take for any character.
 */
export function typePatterns(types: string | undefined): string[] | undefined {
  if (!types) return ['%'];
  const patterns: string[] = [];
  for (const type of types.split(',')) {
    const match = /^(?:auth\.)?([a-z_]+\.(?:[a-z_]+|\*)|\*)$/.exec(type.trim());
    if (!match?.[1]) return undefined;
    patterns.push(match[1].replaceAll('_', '\\_').replace('*', '%'));
  }
  return patterns;
}
