import type { Element } from '@xmldom/xmldom';
import type { AttributeMapping } from '@usher/contracts/identity-providers/sso-providers.contract';
import type { ExternalIdentity } from '@usher/contracts/users/external-accounts.contract';
import { attribute, child, NS, textOf } from '../xml/elements.js';
import { mapAttributes, readAttributes, valuesOf, type SamlAttribute } from './attributes.js';
import { BrokenRule, invalidRequest, noEmail, noUserId } from './saml.errors.js';
import { toIdentityData } from './standard-claims.js';

const EMAIL_FORMAT = 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress';
const TRANSIENT = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
const SUBJECT_ID = 'urn:oasis:names:tc:SAML:attribute:subject-id';
const EMAIL_ATTRIBUTES = [
  'urn:oid:0.9.2342.19200300.100.1.3',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  'http://schemas.xmlsoap.org/claims/EmailAddress',
  'mail',
  'Mail',
  'email',
];

interface NameId {
  value: string;
  format: string;
}

/** Whom an assertion is about (sso-saml.md §5.4). */
export function personOf(
  assertion: Element,
  providerId: string,
  entityId: string,
  mapping: AttributeMapping,
): ExternalIdentity {
  const attributes = readAttributes(assertion);
  const nameId = readNameId(assertion);
  const subject = subjectOf(attributes, nameId);
  if (!subject) throw noUserId();
  const mapped = mapAttributes(attributes, mapping);
  const email = emailOf(mapped.email, attributes, nameId);
  if (!email) throw noEmail();
  const forced = { sub: subject, iss: entityId, email, email_verified: true };
  if ([subject, email].some((text) => text.includes('\0'))) throw new BrokenRule('NUL');
  return {
    provider: `sso:${providerId}`,
    subject,
    emails: [{ email, verified: true, primary: true }],
    claims: toClaims({ ...mapped, ...forced }),
  };
}

function toClaims(mapped: Parameters<typeof toIdentityData>[0]) {
  try {
    return toIdentityData(mapped);
  } catch (error) {
    if (!(error instanceof BrokenRule)) throw error;
    throw invalidRequest('Mapped claims from provider could not be deserialized from JSON');
  }
}

function readNameId(assertion: Element): NameId {
  const subject = child(assertion, NS.assertion, 'Subject');
  const element = subject && child(subject, NS.assertion, 'NameID');
  return { value: textOf(element), format: (element && attribute(element, 'Format')) ?? '' };
}

function subjectOf(attributes: SamlAttribute[], { value, format }: NameId): string {
  const [id] = valuesOf(attributes, SUBJECT_ID);
  if (id) return id;
  if (format === TRANSIENT) return '';
  return format === EMAIL_FORMAT ? value.toLowerCase().trim() : value;
}

function emailOf(mapped: unknown, attributes: SamlAttribute[], { value, format }: NameId): string {
  if (typeof mapped === 'string' && mapped) return mapped;
  for (const name of EMAIL_ATTRIBUTES) {
    const [email] = valuesOf(attributes, name);
    if (email) return email;
  }
  return format === EMAIL_FORMAT ? value : '';
}
