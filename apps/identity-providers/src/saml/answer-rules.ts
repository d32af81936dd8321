import type { Element } from '@xmldom/xmldom';
import { attribute, child, children, NS, textOf } from '../xml/elements.js';
import { readInstant } from './instant.js';
import { BrokenRule } from './saml.errors.js';
import type { VerifiedAnswer } from './verified-assertion.js';

const MAX_AGE_MS = 90_000;
const SKEW_MS = 180_000;
const SUCCESS = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';

export interface Expected {
  idpEntityId: string;
  spEntityId: string;
  acsUrl: string;
  /** ID of our request; null when the identity provider comes unasked. */
  requestId: string | null;
  now: Date;
}

/** Whether a verified answer is one to us, now, to what we asked (sso-saml.md §5.3; SAML profiles §4.1.4.3). */
export function checkAnswer({ response, responseSigned, assertion }: VerifiedAnswer, expected: Expected): void {
  const destination = attribute(response, 'Destination');
  if ((responseSigned || destination !== undefined) && destination !== expected.acsUrl)
    throw new BrokenRule('Destination');
  checkInResponseTo(attribute(response, 'InResponseTo'), expected);
  const issuer = child(response, NS.assertion, 'Issuer');
  if (issuer && textOf(issuer) !== expected.idpEntityId) throw new BrokenRule('Issuer of the response');
  const status = child(response, NS.protocol, 'Status');
  const code = status && child(status, NS.protocol, 'StatusCode');
  if (!code || attribute(code, 'Value') !== SUCCESS) throw new BrokenRule('the identity provider says no');
  checkAge(response, expected.now);
  checkAssertion(assertion, expected);
}

function checkAssertion(assertion: Element, expected: Expected): void {
  checkAge(assertion, expected.now);
  if (textOf(child(assertion, NS.assertion, 'Issuer')) !== expected.idpEntityId)
    throw new BrokenRule('Issuer of the assertion');
  const subject = child(assertion, NS.assertion, 'Subject');
  const confirmations = subject ? children(subject, NS.assertion, 'SubjectConfirmation') : [];
  if (!confirmations.some((c) => attribute(c, 'Method') === BEARER)) throw new BrokenRule('no bearer confirmation');
  for (const confirmation of confirmations) checkConfirmation(confirmation, expected);
  checkConditions(assertion, expected);
}

function checkConfirmation(confirmation: Element, expected: Expected): void {
  const data = child(confirmation, NS.assertion, 'SubjectConfirmationData');
  if (!data) throw new BrokenRule('no SubjectConfirmationData');
  checkInResponseTo(attribute(data, 'InResponseTo'), expected);
  if (attribute(data, 'Recipient') !== expected.acsUrl) throw new BrokenRule('Recipient');
  checkNotOver(attribute(data, 'NotOnOrAfter'), expected.now, true);
  checkBegun(attribute(data, 'NotBefore'), expected.now);
}

function checkConditions(assertion: Element, { spEntityId, now }: Expected): void {
  const [conditions, ...others] = children(assertion, NS.assertion, 'Conditions');
  if (!conditions || others.length) throw new BrokenRule('not exactly one Conditions');
  checkBegun(attribute(conditions, 'NotBefore'), now);
  checkNotOver(attribute(conditions, 'NotOnOrAfter'), now, false);
  for (const restriction of children(conditions, NS.assertion, 'AudienceRestriction')) {
    const audiences = children(restriction, NS.assertion, 'Audience').map(textOf);
    if (!audiences.includes(spEntityId)) throw new BrokenRule('Audience');
  }
}

/** An answer to a request is no unasked one: leaving RelayState out gains nothing. */
function checkInResponseTo(value: string | undefined, { requestId }: Expected): void {
  if ((value ?? '') !== (requestId ?? '')) throw new BrokenRule('InResponseTo');
}

function checkAge(element: Element, now: Date): void {
  const issued = readInstant(attribute(element, 'IssueInstant'));
  if (issued === undefined || now.getTime() - issued > MAX_AGE_MS) throw new BrokenRule('IssueInstant');
}

function checkNotOver(text: string | undefined, now: Date, required: boolean): void {
  if (text === undefined && !required) return;
  const end = readInstant(text);
  if (end === undefined || now.getTime() - SKEW_MS >= end) throw new BrokenRule('NotOnOrAfter');
}

function checkBegun(text: string | undefined, now: Date): void {
  if (text === undefined) return;
  const begin = readInstant(text);
  if (begin === undefined || now.getTime() + SKEW_MS < begin) throw new BrokenRule('NotBefore');
}

/** When nobody takes the assertion any more by its times, so that its use need no longer be remembered. */
export function lastUse(assertion: Element): Date {
  const issued = readInstant(attribute(assertion, 'IssueInstant')) ?? 0;
  return new Date(issued + MAX_AGE_MS + SKEW_MS);
}

/** The earliest end of a session that the assertion names. */
export function sessionEnd(assertion: Element): string | undefined {
  const [statement] = children(assertion, NS.assertion, 'AuthnStatement');
  const end = statement && readInstant(attribute(statement, 'SessionNotOnOrAfter'));
  return end === undefined ? undefined : new Date(end).toISOString();
}
