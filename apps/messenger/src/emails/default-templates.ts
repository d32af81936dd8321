import type { EmailAction, Notification } from '@usher/contracts/messenger/messages.contract';
import type { JsonObject } from '@usher/contracts/user-object';
import { page } from './page.js';
import { GERMAN } from './wording-de.js';
import { ENGLISH } from './wording-en.js';
import { SPANISH } from './wording-es.js';
import { FRENCH } from './wording-fr.js';
import type { Wordings } from './wording.js';

export interface MailTemplate {
  subject: string;
  html: string;
}

const LANGUAGES: ReadonlyMap<string, Wordings> = new Map([
  ['en', ENGLISH],
  ['de', GERMAN],
  ['es', SPANISH],
  ['fr', FRENCH],
]);

/** The built-in mail in this language, in English where there is none. */
export function defaultTemplate(mail: EmailAction | Notification, language = 'en'): MailTemplate {
  const known = LANGUAGES.has(language) ? language : 'en';
  const wording = LANGUAGES.get(known)![mail];
  return { subject: wording.subject, html: page(known, wording) };
}

/** The language that a user's metadata names (`locale` or `language`, also as `de-AT`), if the operator writes in it; otherwise the first. */
export function languageOf(metadata: JsonObject | null | undefined, offered: readonly string[]): string {
  const named = metadata?.locale ?? metadata?.language;
  const language = typeof named === 'string' ? named.toLowerCase().split(/[-_]/, 1)[0]! : '';
  return offered.includes(language) ? language : (offered[0] ?? 'en');
}
