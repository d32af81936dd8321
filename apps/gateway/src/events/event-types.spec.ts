import { describe, expect, it } from '@jest/globals';
import { CATALOGUE } from '@usher/contracts/events/catalogue';
import type { Exchange } from '../http/exchange.js';
import { EventTypesFlow } from './event-types.flow.js';

const flow = new EventTypesFlow();
const asking = (version: string, file: string): Exchange =>
  ({
    context: () => ({ externalUrl: 'http://auth.example/auth/v1' }),
    pathParameter: (name: string) => (name === 'version' ? version : file),
  }) as unknown as Exchange;
const bodyOf = ({ body }: { body?: unknown }): unknown =>
  JSON.parse(Buffer.from((body ?? []) as Uint8Array).toString());

describe('types of events', () => {
  it('are listed with labels and the URLs of their schemas', () => {
    const { data } = bodyOf(flow.list(asking('', ''))) as { data: object[] };

    expect(data).toHaveLength(CATALOGUE.length);
    expect(data[0]).toEqual({
      type: 'auth.user.created',
      label: 'A user was created: sign-up, invitation, administration, provider or import',
      version: 1,
      optional: false,
      schema: 'http://auth.example/auth/v1/events/schemas/v1/user.created.json',
    });
  });

  it('have schemas where `dataschema` says', () => {
    const answer = flow.schema(asking('v1', 'session.created.json'));

    expect(answer.headers['content-type']).toBe('application/schema+json');
    expect(bodyOf(answer)).toMatchObject({
      title: 'auth.session.created',
      required: expect.arrayContaining(['record']),
    });
  });

  it.each([
    ['v2', 'user.created.json'],
    ['v1', 'user.unknown.json'],
    ['v1', '../../../etc/passwd'],
    ['v1', ''],
  ])('have no schema %s/%s', (version, file) => {
    expect(() => flow.schema(asking(version, file))).toThrow('There is no such schema');
  });
});
