import { ownership, roleOf, type ServiceName } from './service-ownership.js';

const write = 'select, insert, update, delete';

/** In `auth_events`, beside what every service that appends may do. */
const eventGrants: Partial<Record<ServiceName, string[]>> = {
  users: [`${write} on auth_events.factor_attempts, auth_events.recovery_codes, auth_events.attempts`],
  tokens: ['select, update on auth_events.session_healing', 'select, insert on auth_events.signing_keys'],
  'identity-providers': [`${write} on auth_events.sso_session_ends`],
  // A message holds codes: whoever appends one cannot read it back.
  messenger: [`${write} on auth_events.messages`],
  events: [
    `${write} on auth_events.outbox, auth_events.subjects, auth_events.feed_state`,
    `${write} on auth_events.webhook_endpoints, auth_events.webhook_deliveries`,
  ],
};

const appendGrants = (auth: string) => [
  'select, insert on auth_events.outbox',
  'select, insert, update on auth_events.subjects',
  'insert on auth_events.messages',
  'select, insert, update, delete on auth_events.spent_credentials',
  `insert on ${auth}.audit_log_entries`,
];

/** Statements that leave the service's role with exactly what it needs, whatever it had. `auth` is quoted. */
export function grantsOf(service: ServiceName, auth: string): string[] {
  const role = roleOf(service);
  const { tables, appends } = ownership[service];
  const owned = tables.map((table) => `${auth}.${table}`).join(', ');
  const grants = [
    `usage on schema ${auth}, auth_events`,
    `select on all tables in schema ${auth}`,
    'select on auth_events.migrations',
    ...(owned ? [`${write} on ${owned}`] : []),
    ...(tables.includes('refresh_tokens') ? [`usage on sequence ${auth}.refresh_tokens_id_seq`] : []),
    ...(appends ? appendGrants(auth) : []),
    ...(eventGrants[service] ?? []),
  ];
  return [
    `revoke all on all tables in schema ${auth}, auth_events from ${role}`,
    `revoke all on all sequences in schema ${auth}, auth_events from ${role}`,
    ...grants.map((grant) => `grant ${grant} to ${role}`),
  ];
}
