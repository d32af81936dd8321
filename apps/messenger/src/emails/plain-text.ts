const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" },
  ...{ nbsp: ' ', zwnj: '', shy: '', copy: '©', hellip: '…', ndash: '–', mdash: '—', euro: '€' },
};
const BLOCK =
  /^(?:address|article|blockquote|body|center|div|footer|h[1-6]|header|hr|li|main|ol|p|section|table|tr|ul)$/;
const UNSEEN = ['head', 'style', 'script'];

/** What a mail says, without its looks: for readers that show no HTML, and for filters that distrust mails without a text part. */
export function plainText(html: string): string {
  let text = '';
  let href: string | undefined;
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    text += spaced(html.slice(at, open < 0 ? undefined : open));
    if (open < 0) break;
    const tag = readTag(html, open);
    at = tag.end;
    if (tag.name === 'br') text += '\n';
    if (BLOCK.test(tag.name)) text += '\n\n';
    if (tag.name !== 'a') continue;
    // The address stands alone in its line, so that no reader takes a full stop for a part of it.
    if (!tag.closes) text += (href = tag.href) === undefined ? '' : '\n';
    else if (href !== undefined) text += `:\n${href}\n`;
  }
  return `${unescape(text)
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ');
}

interface Tag {
  name: string;
  closes: boolean;
  href?: string;
  /** Behind the tag, or behind the whole element where nothing of it is seen. */
  end: number;
}

function readTag(html: string, open: number): Tag {
  if (html.startsWith('<!--', open)) return { name: '', closes: false, end: behind(html, '-->', open + 4) };
  const end = behind(html, '>', open);
  const tag = html.slice(open, end);
  const [, slash, name = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(tag) ?? [];
  const known = name.toLowerCase();
  const href = /\shref="([^"]*)"/i.exec(tag)?.[1];
  const unseen = !slash && UNSEEN.includes(known);
  return { name: known, closes: slash === '/', href, end: unseen ? behind(html, `</${known}>`, end) : end };
}

function behind(html: string, text: string, from: number): number {
  const at = html.indexOf(text, from);
  return at < 0 ? html.length : at + text.length;
}

function unescape(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,8}));/gi, (all, decimal, hex, name) => {
    if (name) return ENTITIES[name as string] ?? all;
    const point = decimal ? Number(decimal) : parseInt(hex as string, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : all;
  });
}
