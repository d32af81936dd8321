const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => ESCAPES[c]!);

/** An element as XML; attributes and children that are undefined are left out, children are markup already. */
export function element(
  name: string,
  attributes: Record<string, string | undefined>,
  ...children: (string | undefined)[]
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(value!)}"`);
  return `<${name}${written.join('')}>${children.filter((c) => c !== undefined).join('')}</${name}>`;
}

/** Text as markup. */
export const content = escape;
