import type { WebhookEndpoint, WebhookStatus } from '@usher/contracts/events/webhooks.contract';
import { toSequence } from '../envelope/cloud-event.js';

/** A row of `auth_events.webhook_endpoints`. */
export interface EndpointRow {
  id: string;
  url: string;
  description: string;
  status: WebhookStatus;
  reason: string | null;
  types: string[];
  fields: string[] | null;
  /** Sealed JSON of `EndpointKeys[]`. */
  secrets: string;
  position: number;
  failures: number;
  failing_since: string | null;
  open_until: string | null;
  created_at: string;
  updated_at: string;
}

/** What the API shows: nothing secret. */
export function toEndpoint(row: EndpointRow, publicKeys: string[]): WebhookEndpoint {
  return {
    id: row.id,
    url: row.url,
    description: row.description,
    status: row.status,
    ...(row.reason ? { reason: row.reason } : {}),
    types: row.types,
    fields: row.fields,
    public_keys: publicKeys,
    cursor: toSequence(row.position),
    ...(row.failing_since ? { failing_since: row.failing_since } : {}),
    created_at: row.created_at,
    updated_at: row.updated_at,
  };
}
