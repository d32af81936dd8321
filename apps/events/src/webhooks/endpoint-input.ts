import type { CreateWebhookInput } from '@usher/contracts/events/webhooks.contract';
import { typePatterns } from '../feed/event-filter.js';
import { isSecret } from './endpoint-keys.js';
import { badWebhook } from './webhooks.errors.js';

const LONGEST_URL = 2_048;
const LONGEST_TEXT = 500;
const MOST_ENTRIES = 100;
const FIELD = /^[a-zA-Z0-9_-]{1,64}(\.[a-zA-Z0-9_-]{1,64}){0,4}$/;

/** HTTPS, but for hosts that the operator vouches for. @throws validation_failed */
export function checkUrl(text: string | undefined, allowedHosts: readonly string[]): string {
  const url = text && text.length <= LONGEST_URL && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw badWebhook('url must be an HTTPS URL');
  if (url.username || url.password) throw badWebhook('url must not hold credentials');
  if (url.protocol === 'http:' && !allowedHosts.includes(url.hostname)) throw badWebhook('url must be an HTTPS URL');
  url.hash = '';
  return url.href;
}

export function checkTypes(types: string[] | undefined): string[] {
  if (!types?.length) return ['*'];
  if (types.length > MOST_ENTRIES || !types.every((type) => typePatterns(type) && !type.includes(',')))
    throw badWebhook('types must be like user.created or user.*');
  return types;
}

export function checkFields(fields: string[] | undefined): string[] | null {
  if (!fields?.length) return null;
  if (fields.length > MOST_ENTRIES || !fields.every((field) => FIELD.test(field)))
    throw badWebhook('fields must be names of members, like email or app_metadata.plan');
  return fields;
}

export function checkDescription(description = ''): string {
  if (description.length > LONGEST_TEXT) throw badWebhook(`description must be at most ${LONGEST_TEXT} characters`);
  return description;
}

export function checkSecret(secret: CreateWebhookInput['secret']): string | undefined {
  if (secret && !isSecret(secret)) throw badWebhook('secret must be whsec_ and 24 to 64 bytes in base64');
  return secret || undefined;
}
