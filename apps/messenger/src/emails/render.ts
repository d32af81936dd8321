export type Variables = Record<string, unknown>;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' };

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

/** Fills `{{ .Name }}` and `{{ .Data.key }}`; values are escaped for HTML, so that metadata of a user cannot become markup. */
export function renderHtml(template: string, variables: Variables): string {
  return fill(template, variables, escapeHtml);
}

/** The same for subjects and text messages; line breaks go, because a subject with one would be a second header. */
export function renderText(template: string, variables: Variables): string {
  return fill(template, variables, (text) => text.replace(/[\r\n]+/g, ' '));
}

function fill(template: string, variables: Variables, escape: (text: string) => string): string {
  return template.replace(/\{\{-?\s*\.([\w.]+)\s*-?\}\}/g, (_, path: string) => escape(lookUp(variables, path)));
}

function lookUp(variables: Variables, path: string): string {
  let value: unknown = variables;
  for (const key of path.split('.')) {
    const known = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    value = known ? (value as Variables)[key] : undefined;
  }
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}
