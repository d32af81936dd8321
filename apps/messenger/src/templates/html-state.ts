/** Where in an HTML document something stands. */
export type HtmlState =
  | { place: 'text' }
  | { place: 'comment' }
  /** Inside of `<…>`, also in the name of a tag or attribute. */
  | { place: 'tag'; element: string; attribute: string; afterEquals: boolean }
  | { place: 'attribute'; element: string; attribute: string; quote: '"' | "'" | ''; before: string }
  /** In `title`, `textarea`, `style` or `script`: only the end tag ends it. */
  | { place: 'raw'; element: string; before: string };

const RAW_ELEMENTS = ['title', 'textarea', 'style', 'script'];
const COMMENT_START = '<!--';
const COMMENT_END = '-->';

/**
 * Follows the text of a template, as a browser would read it, to know how a value has to be escaped where it stands. Comments are left out, as
 * `html/template` does: they are the author's.
 */
export class HtmlTracker {
  state: HtmlState = { place: 'text' };
  private output = '';

  /** The text to be sent. */
  text(source: string): string {
    this.output = '';
    for (let at = 0; at < source.length;) at = this.step(source, at);
    return this.output;
  }

  /** A value was put in: it is part of the attribute or of the raw text. */
  value(escaped: string): void {
    const { state } = this;
    if (state.place === 'attribute' || state.place === 'raw') state.before += escaped;
    if (state.place === 'tag' && !state.afterEquals) state.attribute += escaped.toLowerCase();
    if (state.place === 'tag' && state.afterEquals)
      this.state = {
        place: 'attribute',
        element: state.element,
        attribute: state.attribute,
        quote: '',
        before: escaped,
      };
  }

  private step(source: string, at: number): number {
    switch (this.state.place) {
      case 'text':
        return this.inText(source, at);
      case 'comment':
        return this.inComment(source, at);
      case 'tag':
        return this.inTag(source, at, this.state);
      case 'attribute':
        return this.inAttribute(source, at, this.state);
      case 'raw':
        return this.inRaw(source, at, this.state);
    }
  }

  private inText(source: string, at: number): number {
    const open = source.indexOf('<', at);
    if (open < 0) return this.keep(source, at, source.length);
    if (source.startsWith(COMMENT_START, open)) {
      this.keep(source, at, open);
      this.state = { place: 'comment' };
      return open + COMMENT_START.length;
    }
    if (/^<!doctype/i.test(source.slice(open, open + 9))) return this.keep(source, at, open + 9);
    const name = /^<\/?([a-zA-Z][^\s/>]*)/.exec(source.slice(open, open + 100));
    if (!name) {
      this.keep(source, at, open);
      this.output += '&lt;';
      return open + 1;
    }
    const closes = name[0].startsWith('</');
    const element = closes ? '' : name[1]!.toLowerCase();
    this.state = { place: 'tag', element, attribute: '', afterEquals: false };
    return this.keep(source, at, open + name[0].length);
  }

  private inComment(source: string, at: number): number {
    const end = source.indexOf(COMMENT_END, at);
    if (end < 0) return source.length;
    this.state = { place: 'text' };
    return end + COMMENT_END.length;
  }

  private inTag(source: string, at: number, state: Extract<HtmlState, { place: 'tag' }>): number {
    const { element } = state;
    const character = source[at]!;
    if (character === '>') {
      this.state = RAW_ELEMENTS.includes(element) ? { place: 'raw', element, before: '' } : { place: 'text' };
      return this.keep(source, at, at + 1);
    }
    if (character === '=' && state.attribute) {
      state.afterEquals = true;
      return this.keep(source, at, at + 1);
    }
    if (/[\s/]/.test(character)) return this.keep(source, at, at + 1);
    if (state.afterEquals) {
      const quote = character === '"' || character === "'" ? character : '';
      this.state = { place: 'attribute', element, attribute: state.attribute, quote, before: '' };
      return this.keep(source, at, quote ? at + 1 : at);
    }
    const name = /^[^\s/>][^\s/>=]*/.exec(source.slice(at))![0];
    state.attribute = name.toLowerCase();
    return this.keep(source, at, at + name.length);
  }

  private inAttribute(source: string, at: number, state: Extract<HtmlState, { place: 'attribute' }>): number {
    const { element, quote } = state;
    const rest = source.slice(at);
    const end = quote ? rest.indexOf(quote) : rest.search(/[\s>]/);
    const stop = end < 0 ? source.length : at + end;
    state.before += source.slice(at, stop);
    if (end >= 0) this.state = { place: 'tag', element, attribute: '', afterEquals: false };
    return this.keep(source, at, end >= 0 && quote ? stop + 1 : stop);
  }

  private inRaw(source: string, at: number, state: Extract<HtmlState, { place: 'raw' }>): number {
    const end = source.slice(at).search(new RegExp(`</${state.element}(?=[\\s/>])`, 'i'));
    const stop = end < 0 ? source.length : at + end;
    state.before += source.slice(at, stop);
    if (end < 0) return this.keep(source, at, stop);
    this.state = { place: 'tag', element: '', attribute: '', afterEquals: false };
    return this.keep(source, at, stop + 2 + state.element.length);
  }

  private keep(source: string, from: number, to: number): number {
    this.output += source.slice(from, to);
    return to;
  }
}
