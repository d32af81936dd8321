import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NatsConnection } from '@nats-io/nats-core';
import type { RequestContext } from '@usher/contracts/request-context';
import { connectDatabase } from '@usher/database/connect';
import type { Database } from '@usher/database/database';
import { statement } from '@usher/database/statement';
import { Outbox } from '@usher/messaging/outbox';
import { OutboundClient } from '@usher/outbound/outbound-client';
import { Clock } from '@usher/runtime/clock';
import { cloneDatabase, type TestDatabase } from '@usher/testing/postgres';
import { MetadataClient } from './metadata.client.js';
import { SsoProvidersRepository } from './sso-providers.repository.js';
import { SsoProvidersService } from './sso-providers.service.js';

const CONTEXT: RequestContext = {
  ...{ requestId: 'r', ip: '203.0.113.7', userAgent: '', audience: 'authenticated', redirectTo: '' },
  ...{ externalUrl: 'http://localhost:9999', origin: 'admin', actor: { type: 'admin', id: 'service_role' } },
};
const metadata = (entityId: string): string =>
  `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${entityId}"><IDPSSODescriptor/></EntityDescriptor>`;
const events = statement<{ type: string; data: { record: object } }>(
  'test.events',
  'SELECT type, data FROM auth_events.outbox WHERE subject_id = $1 ORDER BY version',
);

let copy: TestDatabase;
let database: Database;
let service: SsoProvidersService;

beforeAll(async () => {
  copy = await cloneDatabase();
  database = connectDatabase({
    ...{ url: copy.url, maxConnections: 8, applicationName: 'sso test', namespace: 'auth', namedStatements: true },
    onIdleError: () => undefined,
  });
  const nats = { isClosed: () => true } as unknown as NatsConnection;
  const client = new MetadataClient(new OutboundClient());
  service = new SsoProvidersService(database, new SsoProvidersRepository(), client, new Outbox(nats), new Clock());
});

afterAll(async () => {
  await database.pool.end();
  await copy.drop();
});

const create = (name: string, more: object = {}) =>
  service.create({ type: 'saml', metadataXml: metadata(`https://${name}.test`), ...more }, CONTEXT);

it('each change has its event, without the metadata document', async () => {
  const { id } = await create('events', { domains: ['events.test'] });
  await service.update(id, { disabled: true }, CONTEXT);
  await service.update(id, {}, CONTEXT);
  await service.delete(id, CONTEXT);
  const rows = await database.rows(events, [id]);
  const types = ['sso_provider.created', 'sso_provider.updated', 'sso_provider.deleted'];
  expect(rows.map(({ type }) => type)).toEqual(types);
  expect(JSON.stringify(rows)).not.toContain('metadata_xml');
});

it('of registrations of one entity at the same time one stays, with one event', async () => {
  const all = await Promise.allSettled(Array.from({ length: 6 }, () => create('race')));
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of all)
    if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'saml_idp_already_exists', status: 422 });
});

it('metadata that are none, and an empty entityID, are the fault of who sends them', async () => {
  for (const metadataXml of [metadata(''), '<a', 'x', '<a/>', `<!DOCTYPE a []>${metadata('x')}`])
    await expect(service.create({ type: 'saml', metadataXml }, CONTEXT)).rejects.toMatchObject({ status: 400 });
});

it('a metadata address does not lead inside', async () => {
  for (const host of ['127.0.0.1', '169.254.169.254', '[::1]', '10.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
    const made = service.create({ type: 'saml', metadataUrl: `https://${host}/metadata` }, CONTEXT);
    await expect(made).rejects.toMatchObject({ code: 'saml_metadata_fetch_failed', status: 400 });
  }
});

it('an intruder cannot take another provider’s domain, in any case of letters', async () => {
  await create('owner', { domains: ['corp.test'] });
  const thief = await create('thief');
  const wanted = { domains: ['CORP.test'] };
  await expect(service.update(thief.id, wanted, CONTEXT)).rejects.toMatchObject({ code: 'sso_domain_already_exists' });
  await expect(create('thief2', wanted)).rejects.toMatchObject({ code: 'sso_domain_already_exists' });
});

it('a resource is named once, and the format of name ids changes by itself', async () => {
  const { id } = await create('first', { resourceId: 'team' });
  await expect(create('second', { resourceId: 'TEAM' })).rejects.toMatchObject({ code: 'conflict', status: 422 });
  const nameIdFormat = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient';
  expect((await service.update(id, { nameIdFormat }, CONTEXT)).saml.name_id_format).toBe(nameIdFormat);
  const mapped = await service.update(id, { attributeMapping: { keys: {} } }, CONTEXT);
  expect(mapped.saml.name_id_format).toBe(nameIdFormat);
});
