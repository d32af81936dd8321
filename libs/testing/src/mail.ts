export interface Mail {
  /** Envelope. */
  from: string;
  /** Envelope, lower case. */
  to: string[];
  /** Names in lower case, values decoded. */
  headers: Record<string, string>;
  subject: string;
  text: string;
  html: string;
  /** Targets of all links in `html`, else all URLs in `text`. */
  links: string[];
  raw: string;
}

interface Part {
  headers: Record<string, string>;
  body: string;
}

/** Reads a mail as far as tests need it: text and HTML, alone or as alternatives, in any usual encoding. */
export function readMail(raw: string, from: string, to: string[]): Mail {
  const whole = splitPart(raw);
  const parts = leaves(whole);
  const find = (type: string): string => decodedBody(parts.find((part) => contentType(part).startsWith(type)));
  const [text, html] = [find('text/plain'), find('text/html')];
  return {
    from,
    to: to.map((address) => address.toLowerCase()),
    headers: whole.headers,
    subject: whole.headers.subject ?? '',
    text,
    html,
    links: html ? matches(html, /href="([^"]+)"/g).map(unescapeHtml) : matches(text, /(https?:\/\/[^\s<>]+)/g),
    raw,
  };
}

function splitPart(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const head = end < 0 ? raw : raw.slice(0, end);
  const headers: Record<string, string> = {};
  for (const line of head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = decodeWords(line.slice(colon + 1).trim());
  }
  return { headers, body: end < 0 ? '' : raw.slice(end + 4) };
}

function leaves(part: Part): Part[] {
  const boundary = /^multipart\/.*boundary="?([^";]+)"?/i.exec(part.headers['content-type'] ?? '')?.[1];
  if (!boundary) return [part];
  const pieces = `\r\n${part.body}`.split(`\r\n--${boundary}`).slice(1, -1);
  return pieces.flatMap((piece) => leaves(splitPart(piece.replace(/^[ \t]*\r\n/, ''))));
}

function contentType(part: Part): string {
  return (part.headers['content-type'] ?? 'text/plain').toLowerCase();
}

function decodedBody(part: Part | undefined): string {
  if (!part) return '';
  const encoding = (part.headers['content-transfer-encoding'] ?? '').toLowerCase();
  if (encoding === 'base64') return Buffer.from(part.body, 'base64').toString('utf8');
  if (encoding === 'quoted-printable') return unquote(part.body.replace(/=\r?\n/g, ''));
  return part.body;
}

/** RFC 2047 */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?[^?]+\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(text, 'base64').toString('utf8') : unquote(text.replaceAll('_', ' ')),
    );
}

function unquote(text: string): string {
  const bytes = text.replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

function unescapeHtml(text: string): string {
  const entities: Record<string, string> = {
    '&amp;': '&',
    '&quot;': '"',
    '&#39;': "'",
    '&#34;': '"',
    '&#43;': '+',
    '&lt;': '<',
    '&gt;': '>',
  };
  return text.replace(/&(?:amp|quot|#39|#34|#43|lt|gt);/g, (entity) => entities[entity] ?? entity);
}
