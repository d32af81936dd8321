import { rpc } from '../rpc.js';

/** Told after an endpoint was changed or a delivery asked for: a hint, polling is the guarantee. */
export const WEBHOOKS_POKE = 'usher.poke.webhooks';

/**
 * `pending`: the receiver has not answered the challenge yet. `paused`: nothing is sent, nothing is lost. `disabled`: the receiver answered 410.
 * Only `active` endpoints are called.
 */
export type WebhookStatus = 'pending' | 'active' | 'paused' | 'disabled';

export interface WebhookEndpoint {
  id: string;
  url: string;
  description: string;
  status: WebhookStatus;
  /** Why it is `pending` or `disabled`. */
  reason?: string;
  /** `user.created`, `user.*`, `*`. */
  types: string[];
  /** Members of `data.record` and `data.previous` that are sent, dotted for inner ones; null for all. */
  fields: string[] | null;
  /** Ed25519 keys that sign deliveries now (`whpk_…`): public. */
  public_keys: string[];
  /** Events up to here are delivered or have a delivery. */
  cursor: string;
  /** RFC 3339; absent while it takes what it gets. */
  failing_since?: string;
  created_at: string;
  updated_at: string;
}

/** The only answers that hold a secret: at creation and after a rotation. */
export interface WebhookEndpointWithSecret extends WebhookEndpoint {
  /** `whsec_…`, of the HMAC signature `v1`. */
  secret: string;
}

export interface CreateWebhookInput {
  url?: string;
  description?: string;
  types?: string[];
  fields?: string[];
  /** `whsec_` and 24 to 64 bytes in base64, for a receiver that wants to know it before the challenge; made up when absent. */
  secret?: string;
  /** Cursor to begin after, or `oldest`; from now on when absent. */
  after?: string;
}

export interface UpdateWebhookInput extends Pick<CreateWebhookInput, 'url' | 'description' | 'types' | 'fields'> {
  id: string;
}

export interface WebhookAttempt {
  at: string;
  duration_ms: number;
  /** HTTP status; absent when there was no answer. */
  status?: number;
  error?: string;
}

/** `dead`: the last retry failed; it and the later events of its subject wait until somebody decides. `dropped`: decided not to be sent. */
export type DeliveryState = 'pending' | 'delivered' | 'dead' | 'dropped';

export interface WebhookDelivery {
  /** Sequence of the event. */
  id: string;
  /** `webhook-id` of every attempt. */
  event_id: string;
  type: string;
  subject: string;
  state: DeliveryState;
  attempts: WebhookAttempt[];
  /** Of a pending one. */
  next_attempt_at?: string;
}

export interface ListDeliveriesInput {
  id: string;
  state?: string;
  subject?: string;
  /** Id of the last delivery that the caller has. */
  after?: string;
  /** 1 to 500, default 100. */
  limit?: string;
}

export interface RedeliverInput {
  id: string;
  /** These deliveries … */
  ids?: string[];
  /** … or all dead ones, with `dead` … */
  state?: string;
  /** … or every event of the feed after the first cursor up to the second that the endpoint's types match, also such as were never sent. */
  after?: string;
  until?: string;
}

const of = <I, O>(operation: string, idempotent = false) => rpc<I, O>('events', operation, { idempotent });

/** POST /webhooks → 201. Errors of all: `validation_failed` (400), `webhook_not_found`, `webhook_delivery_not_found` (404). */
export const createWebhook = of<CreateWebhookInput, WebhookEndpointWithSecret>('create-webhook');
/** GET /webhooks. */
export const listWebhooks = of<Record<string, never>, { data: WebhookEndpoint[] }>('list-webhooks', true);
/** GET /webhooks/{id}. */
export const getWebhook = of<{ id: string }, WebhookEndpoint>('get-webhook', true);
/** PATCH /webhooks/{id}; a new URL has to pass the challenge. */
export const updateWebhook = of<UpdateWebhookInput, WebhookEndpoint>('update-webhook');
/** DELETE /webhooks/{id} → 204, with its deliveries. */
export const deleteWebhook = of<{ id: string }, Record<string, never>>('delete-webhook');
/** POST /webhooks/{id}/pause, …/resume, …/verify (the challenge again). */
export const switchWebhook = of<{ id: string; action: 'pause' | 'resume' | 'verify' }, WebhookEndpoint>(
  'switch-webhook',
);
/** POST /webhooks/{id}/rotate-secret: both keys are new; those before sign along for a day. */
export const rotateWebhookSecret = of<{ id: string }, WebhookEndpointWithSecret>('rotate-webhook-secret');
/** POST /webhooks/{id}/test: sends an event of type `auth.test` at once. */
export const testWebhook = of<{ id: string }, WebhookAttempt>('test-webhook');
/** GET /webhooks/{id}/deliveries?state=&subject=&after=&limit=, in order of the feed. */
export const listDeliveries = of<ListDeliveriesInput, { data: WebhookDelivery[]; has_more: boolean }>(
  'list-deliveries',
  true,
);
/** POST /webhooks/{id}/redeliver. */
export const redeliver = of<RedeliverInput, { deliveries: number }>('redeliver');
/** DELETE /webhooks/{id}/deliveries/{delivery} → 204: not sent, and what waits behind it goes on. */
export const dropDelivery = of<{ id: string; delivery: string }, Record<string, never>>('drop-delivery');
