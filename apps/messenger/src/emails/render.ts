import { GoTemplate } from '../templates/go-template.js';
import type { Value } from '../templates/values.js';

export type Variables = Record<string, Value>;

/** False for a template that an operator has to put right. */
export function isReadable(template: string): boolean {
  try {
    GoTemplate.parse(template);
    return true;
  } catch {
    return false;
  }
}

/** Fills in a body; values are escaped for the place where they stand, so that metadata of a user cannot become markup. */
export function renderHtml(template: string, variables: Variables): string {
  return GoTemplate.parse(template).html(variables);
}

/** The same for subjects; line breaks go, because a subject with one would be a second header. */
export function renderText(template: string, variables: Variables): string {
  return GoTemplate.parse(template)
    .text(variables)
    .replace(/[\r\n]+/g, ' ');
}
