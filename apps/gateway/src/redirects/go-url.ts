/** A URL in the parts that Go's net/url makes of it: which redirects are allowed depends on its reading, not on that of browsers. */
export interface GoUrl {
  /** In lower case, '' when absent. */
  scheme: string;
  /** `mailto:opaque`: what follows the scheme when that is no slash. */
  opaque: string;
  /** With the `@`-less text before it, or null. */
  userinfo: string | null;
  /** Host and port, decoded. */
  host: string;
  /** Encoded as it was written. */
  path: string;
  /** Without `?`; null when there is no `?`. */
  query: string | null;
  /** Without `#`. */
  fragment: string;
}

const SCHEME = /^([a-zA-Z][a-zA-Z0-9+.-]*):/;
const BAD_ESCAPE = /%(?![0-9a-fA-F]{2})/;
const HOST_CHARACTERS = /^[A-Za-z0-9\-._~!$&'()*+,;=:[\]<>"\u0080-\u{10ffff}%]*$/u;
const USERINFO_CHARACTERS = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;

/** Undefined where Go reports an error. */
export function parseGoUrl(source: string): GoUrl | undefined {
  if (hasControl(source)) return undefined;
  const hash = source.indexOf('#');
  const fragment = hash < 0 ? '' : source.slice(hash + 1);
  if (BAD_ESCAPE.test(fragment)) return undefined;
  return parseWithoutFragment(hash < 0 ? source : source.slice(0, hash), fragment);
}

function parseWithoutFragment(source: string, fragment: string): GoUrl | undefined {
  if (source.startsWith(':')) return undefined;
  const scheme = (SCHEME.exec(source)?.[1] ?? '').toLowerCase();
  let rest = scheme ? source.slice(scheme.length + 1) : source;
  const mark = rest.indexOf('?');
  const query = mark < 0 ? null : rest.slice(mark + 1);
  if (mark >= 0) rest = rest.slice(0, mark);
  const url: GoUrl = { scheme, opaque: '', userinfo: null, host: '', path: '', query, fragment };
  if (!rest.startsWith('/')) {
    if (scheme) return { ...url, opaque: rest };
    if (rest.split('/', 1)[0]!.includes(':')) return undefined;
  }
  if (rest.startsWith('//') && (scheme || !rest.startsWith('///'))) return withAuthority(url, rest.slice(2));
  return withPath(url, rest);
}

function withAuthority(url: GoUrl, rest: string): GoUrl | undefined {
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const userinfo = at < 0 ? null : authority.slice(0, at);
  if (userinfo !== null && (!USERINFO_CHARACTERS.test(userinfo) || BAD_ESCAPE.test(userinfo))) return undefined;
  const host = parseHost(authority.slice(at + 1));
  return host === undefined ? undefined : withPath({ ...url, userinfo, host }, slash < 0 ? '' : rest.slice(slash));
}

function withPath(url: GoUrl, path: string): GoUrl | undefined {
  return BAD_ESCAPE.test(path) ? undefined : { ...url, path };
}

/** RFC 3986 §3.2.2; of escapes only bytes beyond ASCII are taken, as Go does it. */
function parseHost(host: string): string | undefined {
  if (!HOST_CHARACTERS.test(host)) return undefined;
  const port = host.startsWith('[') ? /^\[[^\]]*\](.*)$/s.exec(host)?.[1] : /(:[^:]*)?$/s.exec(host)![0];
  if (port === undefined || !/^(:[0-9]*)?$/.test(port)) return undefined;
  if (!host.startsWith('[') && host.includes('[')) return undefined;
  if (!host.includes('%')) return host;
  if (/%(?![89a-fA-F][0-9a-fA-F])/.test(host)) return undefined;
  return decodeURIComponent(host);
}

/** Host without port and brackets. */
export function hostname({ host }: GoUrl): string {
  if (host.startsWith('[')) return host.slice(1, host.indexOf(']'));
  return host.replace(/:[0-9]*$/, '');
}

/** The explicit port, '' when there is none. */
export function port({ host }: GoUrl): string {
  return /^(?:\[.*\]|[^:]*):([0-9]*)$/.exec(host)?.[1] ?? '';
}

/** The URL as Go would write it again. */
export function formatGoUrl(url: GoUrl): string {
  const { scheme, opaque, userinfo, host, query, fragment } = url;
  let text = scheme ? `${scheme}:` : '';
  if (opaque) text += opaque;
  else {
    const authority = host || userinfo !== null;
    const doubled = scheme !== '' && url.path.startsWith('//');
    if (authority || doubled || scheme === 'file') text += `//${userinfo === null ? '' : `${userinfo}@`}${host}`;
    text += escapePath(url.path);
  }
  if (query !== null) text += `?${query}`;
  return fragment ? `${text}#${escapeFragment(fragment)}` : text;
}

function escapePath(path: string): string {
  return path.replace(/[^A-Za-z0-9\-._~$&+,/:;=@!'()*[\]%]/gu, (c) => percent(c));
}

export function escapeFragment(fragment: string): string {
  return fragment.replace(/[^A-Za-z0-9\-._~$&+,/:;=?@!()*'%]/gu, (c) => percent(c));
}

function percent(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}
