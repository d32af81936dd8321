import { describe, expect, it } from '@jest/globals';
import { EMAIL_ACTIONS, NOTIFICATIONS } from '@usher/contracts/messenger/messages.contract';
import { defaultTemplate, languageOf } from './default-templates.js';
import { plainText } from './plain-text.js';
import { renderHtml, renderText } from './render.js';

const LINK = 'https://auth.example/verify?token=abc&type=signup&redirect_to=https://app.example';
const variables = {
  ...{ SiteURL: 'https://app.example', Email: 'ada@example.com', NewEmail: 'new@example.com', Token: '123456' },
  ...{ ConfirmationURL: LINK, OldEmail: 'old@example.com', Phone: '15551', OldPhone: '15552', Provider: 'github' },
  FactorType: 'totp',
};
const mails = [...EMAIL_ACTIONS, ...NOTIFICATIONS].flatMap((mail) =>
  ['en', 'de', 'es', 'fr'].map((language) => [mail, language] as const),
);

describe('the built-in mails', () => {
  it.each(mails)('%s in %s say the same as text, with what they need and nothing left open', (mail, language) => {
    const { subject, html } = defaultTemplate(mail, language);
    const body = renderHtml(html, variables);
    const text = plainText(body);
    expect(renderText(subject, variables)).toMatch(/\S/);
    expect(body + text).not.toMatch(/\{\{|ZgotmplZ|undefined/);
    const hasLink = (EMAIL_ACTIONS as readonly string[]).includes(mail) && mail !== 'reauthentication';
    expect(text.includes(`\n${LINK}\n`)).toBe(hasLink);
    expect(text.includes('123456')).toBe(mail === 'reauthentication');
    // Filters count images and addresses of strangers.
    expect(body).not.toMatch(/<img|src=|https?:\/\/(?!auth\.example|app\.example)/);
  });

  it('are written in the language of the user, if the operator offers it', () => {
    const offered = ['en', 'de'];
    expect(languageOf({ locale: 'de-AT' }, offered)).toBe('de');
    expect(languageOf({ language: 'DE_de' }, offered)).toBe('de');
    expect(languageOf({ locale: 'fr' }, offered)).toBe('en');
    expect(languageOf({ locale: '__proto__' }, offered)).toBe('en');
    expect(languageOf({ locale: 7 }, ['de'])).toBe('de');
    expect(languageOf({ locale: 'de' }, [])).toBe('en');
    expect(defaultTemplate('recovery', 'xx')).toEqual(defaultTemplate('recovery', 'en'));
  });
});
