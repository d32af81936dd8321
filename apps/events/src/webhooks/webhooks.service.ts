import { Inject, Injectable } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/nats-core';
import {
  WEBHOOKS_POKE,
  type CreateWebhookInput,
  type UpdateWebhookInput,
  type WebhookAttempt,
  type WebhookEndpoint,
  type WebhookEndpointWithSecret,
} from '@usher/contracts/events/webhooks.contract';
import { Clock } from '@usher/runtime/clock';
import { NATS, SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { v4 as uuid, v7 as uuidv7, validate } from 'uuid';
import { parseCursor } from '../feed/cursor.js';
import { OutboxRepository } from '../outbox/outbox.repository.js';
import { checkDescription, checkFields, checkSecret, checkTypes, checkUrl } from './endpoint-input.js';
import { newKeys, publicKeyOf, rotated, valid, type EndpointKeys } from './endpoint-keys.js';
import { toEndpoint, type EndpointRow } from './endpoint.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { SealedKeys } from './sealed-keys.js';
import { testEvent } from './test-event.js';
import { WebhookChallenge } from './webhook-challenge.service.js';
import { WebhookSender } from './webhook-sender.client.js';
import { badWebhook, unknownWebhook } from './webhooks.errors.js';

/** Keys that were rotated away still sign for a day, so that receivers have time to take the new ones. */
const OVERLAP_MS = 24 * 60 * 60_000;

/** Endpoints and their keys. No transaction is open while a receiver is called. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly endpoints: EndpointsRepository,
    private readonly outbox: OutboxRepository,
    private readonly keys: SealedKeys,
    private readonly challenge: WebhookChallenge,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
    @Inject(NATS) private readonly nats: NatsConnection,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async create(input: CreateWebhookInput): Promise<WebhookEndpointWithSecret> {
    const url = checkUrl(input.url, this.settings.usher.outboundAllowedHosts);
    const wanted = {
      url,
      description: checkDescription(input.description),
      types: checkTypes(input.types),
      fields: checkFields(input.fields),
    };
    const keys = newKeys(checkSecret(input.secret));
    const position = await this.startOf(input.after);
    const id = uuid();
    const secrets = this.keys.seal(id, [keys]);
    await this.endpoints.insert({ id, ...wanted, secrets, position }, this.clock.now());
    const row = await this.prove(await this.row(id));
    return { ...this.show(row), secret: keys.secret };
  }

  async list(): Promise<{ data: WebhookEndpoint[] }> {
    return { data: (await this.endpoints.all()).map((row) => this.show(row)) };
  }

  async get(id: string): Promise<WebhookEndpoint> {
    return this.show(await this.row(id));
  }

  async update({ id, ...input }: UpdateWebhookInput): Promise<WebhookEndpoint> {
    const row = await this.row(id);
    const url = input.url === undefined ? row.url : checkUrl(input.url, this.settings.usher.outboundAllowedHosts);
    const changed = await this.endpoints.change(
      {
        ...row,
        url,
        description: input.description === undefined ? row.description : checkDescription(input.description),
        types: input.types === undefined ? row.types : checkTypes(input.types),
        fields: input.fields === undefined ? row.fields : checkFields(input.fields),
        status: url === row.url ? row.status : 'pending',
      },
      this.clock.now(),
    );
    if (!changed) throw unknownWebhook();
    this.poke();
    return this.show(url === row.url ? changed : await this.prove(changed));
  }

  async remove(id: string): Promise<void> {
    if (!validate(id) || !(await this.endpoints.remove(id))) throw unknownWebhook();
  }

  /** An endpoint that never passed the challenge, or was disabled, has to pass it to go on. */
  async switch(id: string, action: 'pause' | 'resume' | 'verify'): Promise<WebhookEndpoint> {
    const row = await this.row(id);
    if (action === 'pause')
      return this.show(await this.set(row.id, 'paused', row.status === 'pending' ? row.reason : null));
    if (action === 'resume' && row.status === 'active') return this.show(row);
    if (action === 'resume' && row.status === 'paused' && !row.reason)
      return this.show(await this.set(row.id, 'active', null));
    return this.show(await this.prove(row));
  }

  async rotate(id: string): Promise<WebhookEndpointWithSecret> {
    const row = await this.row(id);
    const now = this.clock.now();
    const keys = rotated(this.keys.open(row), now, OVERLAP_MS);
    const changed = await this.endpoints.setSecrets(row.id, this.keys.seal(row.id, keys), now);
    if (!changed) throw unknownWebhook();
    return { ...this.show(changed), secret: keys[0]!.secret };
  }

  async test(id: string): Promise<WebhookAttempt> {
    const row = await this.row(id);
    const event = testEvent(uuidv7(), this.settings.api.externalUrl, this.clock.now());
    return (await this.sender.send(row.url, this.keys.open(row), event, event.id)).attempt;
  }

  async row(id: string): Promise<EndpointRow> {
    const row = validate(id) ? await this.endpoints.find(id) : undefined;
    if (!row) throw unknownWebhook();
    return row;
  }

  private async prove(row: EndpointRow): Promise<EndpointRow> {
    const failure = await this.challenge.failure(row.url, this.keys.open(row));
    return this.set(row.id, failure ? 'pending' : 'active', failure);
  }

  private async set(id: string, status: EndpointRow['status'], reason: string | null): Promise<EndpointRow> {
    const row = await this.endpoints.setStatus(id, status, reason, this.clock.now());
    if (!row) throw unknownWebhook();
    this.poke();
    return row;
  }

  private async startOf(after: string | undefined): Promise<number> {
    const { last, oldest } = await this.outbox.extent();
    if (!after || after === 'latest') return last;
    if (after === 'oldest') return oldest - 1;
    const position = parseCursor(after);
    if (position === undefined || position > last || position < oldest - 1)
      throw badWebhook('after must be a cursor of what the feed keeps, or oldest');
    return position;
  }

  private show(row: EndpointRow): WebhookEndpoint {
    const keys: EndpointKeys[] = valid(this.keys.open(row), this.clock.now());
    return toEndpoint(row, keys.map(publicKeyOf));
  }

  private poke(): void {
    if (!this.nats.isClosed()) this.nats.publish(WEBHOOKS_POKE);
  }
}
