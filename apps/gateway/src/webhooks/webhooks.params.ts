import { text } from '../bodies/fields.js';
import { struct } from '../bodies/struct.js';
import { textList } from '../bodies/text-list.js';

export const CREATE_WEBHOOK_PARAMS = struct('CreateWebhookParams', {
  url: text(),
  description: text(),
  types: textList(),
  fields: textList(),
  secret: text(),
  after: text(),
});

export const UPDATE_WEBHOOK_PARAMS = struct('UpdateWebhookParams', {
  url: text(),
  description: text(),
  types: textList(),
  fields: textList(),
});

export const REDELIVER_PARAMS = struct('RedeliverParams', {
  ids: textList(),
  state: text(),
  after: text(),
  until: text(),
});
