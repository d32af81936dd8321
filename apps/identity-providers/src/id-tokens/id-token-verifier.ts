import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Json, JsonObject } from '@usher/contracts/user-object';
import { Clock } from '@usher/runtime/clock';
import type { CryptoKey, FlattenedJWSInput, JSONWebKeySet, JWSHeaderParameters, KeyObject } from 'jose';
import { Discovery } from './discovery.client.js';
import { IssuerKeys } from './issuer-keys.client.js';

export class BadIdToken extends Error {}

export interface TokenRules {
  issuer: string;
  accepts?: (issuer: string) => boolean;
  guarded: boolean;
  discoveryUrl?: string;
  /** Compared with `at_hash` where the token has one. */
  accessToken?: string;
}

const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'EdDSA'];
const CLOCK_SKEW_S = 300;
const MAX_LENGTH = 65_536;

type Key = CryptoKey | KeyObject | Uint8Array;

/** OpenID Connect Core §3.1.3.7, as far as it does not depend on who asks: signature, issuer, times, `at_hash`. */
@Injectable()
export class IdTokenVerifier {
  constructor(
    private readonly discovery: Discovery,
    private readonly keys: IssuerKeys,
    private readonly clock: Clock,
  ) {}

  async verify(token: string, rules: TokenRules): Promise<JsonObject> {
    const issuer = rules.issuer || (peek(token).iss as string);
    if (rules.accepts && !rules.accepts(text(peek(token).iss))) throw new BadIdToken('issuer');
    const document = await this.discovery.get(issuer, { guarded: rules.guarded, url: rules.discoveryUrl });
    const claims = await this.checkSignature(token, text(document.jwks_uri), algorithmsOf(document), rules.guarded);
    const accepts = rules.accepts ?? ((name: string) => name === issuer);
    if (!accepts(text(claims.iss))) throw new BadIdToken('issuer');
    this.checkTimes(claims);
    if (rules.accessToken && typeof claims.at_hash === 'string')
      checkAccessToken(token, claims.at_hash, rules.accessToken);
    return claims;
  }

  private async checkSignature(
    token: string,
    keysUrl: string,
    algorithms: string[],
    guarded: boolean,
  ): Promise<JsonObject> {
    const { compactVerify } = await import('jose');
    const { kid } = header(token);
    const set = await this.keys.get(keysUrl, typeof kid === 'string' ? kid : undefined, guarded);
    try {
      const verified = await compactVerify(token, await resolver(set), { algorithms });
      return JSON.parse(new TextDecoder().decode(verified.payload)) as JsonObject;
    } catch (cause) {
      throw new BadIdToken('signature', { cause });
    }
  }

  private checkTimes({ exp, nbf }: JsonObject): void {
    const now = this.clock.now().getTime() / 1000;
    if (typeof exp !== 'number' || now > exp) throw new BadIdToken('expired');
    if (nbf !== undefined && (typeof nbf !== 'number' || now + CLOCK_SKEW_S < nbf))
      throw new BadIdToken('not yet valid');
  }
}

/** Claims that nobody has vouched for yet: only to choose by whom. */
export function peek(token: string): JsonObject {
  return decode(token, 1);
}

function header(token: string): JsonObject {
  return decode(token, 0);
}

function decode(token: string, index: number): JsonObject {
  if (token.length > MAX_LENGTH) throw new BadIdToken('too long');
  const encoded = token.split('.', 4);
  if (encoded.length !== 3) throw new BadIdToken('not a compact JWS');
  try {
    const value = JSON.parse(Buffer.from(encoded[index]!, 'base64url').toString()) as Json;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Said below.
  }
  throw new BadIdToken('not a JWT');
}

/** One key by its id, or where there is none each that fits. */
async function resolver(set: JSONWebKeySet): Promise<(h: JWSHeaderParameters, t: FlattenedJWSInput) => Promise<Key>> {
  const { createLocalJWKSet, errors, compactVerify } = await import('jose');
  const local = createLocalJWKSet(set);
  return async (protectedHeader, token) => {
    try {
      return await local(protectedHeader, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      const compact = `${token.protected}.${String(token.payload)}.${token.signature}`;
      for await (const key of error) {
        const fits = await compactVerify(compact, key).then(
          () => true,
          () => false,
        );
        if (fits) return key;
      }
      throw error;
    }
  };
}

function algorithmsOf({ id_token_signing_alg_values_supported: supported }: JsonObject): string[] {
  const named = Array.isArray(supported) ? ALGORITHMS.filter((name) => supported.includes(name)) : [];
  return named.length ? named : ['RS256'];
}

/** Core §3.1.3.6: the left half of the hash that the signature uses. */
function checkAccessToken(token: string, atHash: string, accessToken: string): void {
  const alg = text(header(token).alg);
  const hash = alg.endsWith('384') ? 'sha384' : alg.endsWith('512') || alg === 'EdDSA' ? 'sha512' : 'sha256';
  const digest = createHash(hash).update(accessToken).digest();
  if (digest.subarray(0, digest.length / 2).toString('base64url') !== atHash) throw new BadIdToken('at_hash');
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
