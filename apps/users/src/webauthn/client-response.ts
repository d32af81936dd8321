import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL, parseAuthenticatorData } from '@simplewebauthn/server/helpers';
import type { Json, JsonObject } from '@usher/contracts/user-object';

/** Real attestations stay below a tenth of this. */
const MAX_LENGTH = 65_536;
const BASE64URL = /^[A-Za-z0-9_-]*$/;

export interface ClientData {
  type: string;
  challenge: string;
  origin: string;
  crossOrigin: boolean;
  topOrigin?: string;
}

export interface ClientResponse<T> {
  json: T;
  clientData: ClientData;
}

/** Thrown inside only: what the client sent is no such response. */
class Unreadable extends Error {}

/** A registration as `navigator.credentials.create()` gives it; undefined when it cannot be read. */
export function readRegistration(value: Json | undefined): ClientResponse<RegistrationResponseJSON> | undefined {
  return readable(() => {
    const { credential, response } = read(value, ['clientDataJSON', 'attestationObject']);
    const attestation = decodeAttestationObject(isoBase64URL.toBuffer(text(response, 'attestationObject')));
    if (!parseAuthenticatorData(attestation.get('authData')).flags.at) throw new Unreadable('no attested credential');
    const transports = strings(response.transports);
    const json = { ...credential, response: { ...response, transports } } as unknown as RegistrationResponseJSON;
    return { json, clientData: readClientData(response) };
  });
}

/** An assertion as `navigator.credentials.get()` gives it; undefined when it cannot be read. */
export function readAssertion(value: Json | undefined): ClientResponse<AuthenticationResponseJSON> | undefined {
  return readable(() => {
    const { credential, response } = read(value, ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle']);
    parseAuthenticatorData(isoBase64URL.toBuffer(text(response, 'authenticatorData')));
    const json = { ...credential, response } as unknown as AuthenticationResponseJSON;
    return { json, clientData: readClientData(response) };
  });
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** The members that both kinds have, with the named ones of `response` in base64url without padding. */
function read(value: Json | undefined, binary: readonly string[]): { credential: JsonObject; response: JsonObject } {
  const given = object(value);
  if (JSON.stringify(given).length > MAX_LENGTH) throw new Unreadable('too long');
  if (given.type !== 'public-key') throw new Unreadable('another type');
  const id = unpadded(given.id);
  if (!id) throw new Unreadable('no id');
  const rawId = given.rawId === undefined || given.rawId === null ? id : unpadded(given.rawId);
  const inner = object(given.response);
  const response = Object.fromEntries(
    binary
      .filter((name) => inner[name] !== undefined && inner[name] !== null)
      .map((name) => [name, unpadded(inner[name])]),
  );
  const credential = { id, rawId, type: 'public-key', clientExtensionResults: {}, ...attachment(given) };
  return { credential, response: { ...response, ...(inner.transports ? { transports: inner.transports } : {}) } };
}

function attachment({ authenticatorAttachment }: JsonObject): JsonObject {
  return typeof authenticatorAttachment === 'string' ? { authenticatorAttachment } : {};
}

function readClientData(response: JsonObject): ClientData {
  const bytes = Buffer.from(text(response, 'clientDataJSON'), 'base64url');
  const { type, challenge, origin, crossOrigin, topOrigin } = object(JSON.parse(bytes.toString()) as Json);
  if (typeof type !== 'string' || typeof challenge !== 'string' || typeof origin !== 'string')
    throw new Unreadable('client data');
  return {
    ...{ type, challenge, origin, crossOrigin: crossOrigin === true },
    ...(typeof topOrigin === 'string' ? { topOrigin } : {}),
  };
}

function object(value: Json | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable('no object');
  return value;
}

function text(from: JsonObject, name: string): string {
  const value = from[name];
  if (typeof value !== 'string' || value === '') throw new Unreadable(`no ${name}`);
  return value;
}

function strings(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw new Unreadable('transports');
  return value as string[];
}

function unpadded(value: Json | undefined): string {
  if (typeof value !== 'string') throw new Unreadable('no text');
  const bare = value.replace(/=+$/, '');
  if (!BASE64URL.test(bare)) throw new Unreadable('not base64url');
  return bare;
}
