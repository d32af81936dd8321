// `node --import ./test/event-coverage/watch-writes.mjs <server>` with WRITES_FILE: notes every transaction that writes a table of schema `auth`,
// and whether it appended an event, one JSON object a line. Nothing of the product knows of it.
import { appendFileSync } from 'node:fs';
import pg from 'pg';

const TABLES = new Set(
  `users identities one_time_tokens mfa_factors mfa_challenges mfa_amr_claims webauthn_credentials webauthn_challenges audit_log_entries
   sessions refresh_tokens oauth_clients oauth_authorizations oauth_consents oauth_client_states flow_state sso_providers sso_domains
   saml_providers saml_relay_states custom_oauth_providers`.split(/\s+/),
);
const WRITE = /\b(insert\s+into|update|delete\s+from)\s+(?:only\s+)?(?:"?(\w+)"?\.)?"?(\w+)"?/gi;

const states = new WeakMap();
const { query } = pg.Client.prototype;

pg.Client.prototype.query = function watched(config, ...rest) {
  const text = typeof config === 'string' ? config : (config?.text ?? '');
  const name = (typeof config === 'object' && config?.name) || text.replace(/\s+/g, ' ').trim().slice(0, 80);
  const note = (result) => noted(this, name, text, result);
  const last = rest.at(-1);
  if (typeof last === 'function') {
    rest[rest.length - 1] = (error, result) => {
      if (!error) note(result);
      last(error, result);
    };
    return query.call(this, config, ...rest);
  }
  const answer = query.call(this, config, ...rest);
  // Told before whoever waits goes on, so that a transaction is complete when its COMMIT is noted.
  return typeof answer?.then === 'function' ? answer.then((result) => (note(result), result)) : answer;
};

function noted(client, name, text, result) {
  const word = /^\s*(\w+)/.exec(text)?.[1]?.toUpperCase();
  if (word === 'BEGIN') return void states.set(client, { tables: new Set(), statements: new Set(), appended: false });
  const open = states.get(client);
  if (word === 'COMMIT' || word === 'ROLLBACK') {
    states.delete(client);
    if (open && word === 'COMMIT') finish(open);
    return;
  }
  const state = open ?? { tables: new Set(), statements: new Set(), appended: false };
  if (/insert\s+into\s+auth_events\.outbox/i.test(text)) state.appended = true;
  const changed = (result?.rowCount ?? 0) > 0;
  for (const [, verb, schema, table] of text.matchAll(WRITE)) {
    if ((schema && schema !== 'auth') || !TABLES.has(table) || !changed) continue;
    state.tables.add(`${verb.split(/\s/)[0].toLowerCase()} ${table}`);
    state.statements.add(name);
  }
  if (!open) finish(state);
}

function finish({ tables, statements, appended }) {
  if (tables.size === 0 || !process.env.WRITES_FILE) return;
  appendFileSync(
    process.env.WRITES_FILE,
    `${JSON.stringify({ appended, tables: [...tables].sort(), statements: [...statements].sort() })}\n`,
  );
}
