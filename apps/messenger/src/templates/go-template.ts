import { execute } from './execute.js';
import { escapeValue } from './html-escape.js';
import { HtmlTracker } from './html-state.js';
import type { ParsedTemplate } from './nodes.js';
import { parseTemplate } from './parse.js';
import { textOf, type Value } from './values.js';

/** A mail of more than this is a mistake. */
const OUTPUT_LIMIT = 4_000_000;

/** A template in the language of Go, as operators of the reference have written them. */
export class GoTemplate {
  private constructor(private readonly parsed: ParsedTemplate) {}

  /** @throws TemplateSyntaxError */
  static parse(source: string): GoTemplate {
    return new GoTemplate(parseTemplate(source));
  }

  /** As `html/template`: values are escaped for the place where they stand. @throws TemplateExecutionError */
  html(data: Value): string {
    const tracker = new HtmlTracker();
    return this.render(data, {
      text: (text) => tracker.text(text),
      value: (value, encoded) => {
        const escaped = escapeValue(value, tracker.state, encoded);
        tracker.value(escaped);
        return escaped;
      },
    });
  }

  /** As `text/template`; of `data` only the given members exist. @throws TemplateExecutionError */
  text(data: Value, members?: readonly string[]): string {
    return this.render(data, { text: (text) => text, value: textOf }, members);
  }

  private render(
    data: Value,
    escape: { text: (text: string) => string; value: (value: Value, encoded: boolean) => string },
    members?: readonly string[],
  ): string {
    let output = '';
    const add = (text: string): void => {
      output += text;
      if (output.length > OUTPUT_LIMIT) throw new RangeError('the mail is too large');
    };
    const sink = {
      text: (text: string) => add(escape.text(text)),
      value: (value: Value, encoded: boolean) => add(escape.value(value, encoded)),
    };
    execute(this.parsed, data, sink, { members });
    return output;
  }
}
