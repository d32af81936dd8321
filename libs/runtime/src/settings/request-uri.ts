const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;

/** Says why a text is neither an absolute URI nor a rooted path. */
export function requestUriProblem(text: string): string | undefined {
  if (text === '') return 'empty url';
  if (/\p{Cc}/u.test(text)) return 'invalid control character in URL';
  if (text.startsWith('/')) return undefined;
  if (!SCHEME.test(text)) return 'invalid URI for request';
  return URL.canParse(text) ? undefined : 'invalid URI for request';
}
