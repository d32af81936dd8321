import { Injectable } from '@nestjs/common';
import { Clock } from '@usher/runtime/clock';
import type { JSONWebKeySet, JWK } from 'jose';
import { ProviderHttp } from './provider-http.client.js';

/** A key that is not there is looked for again, but not at the pace of whoever sends made-up key ids. */
const COOL_DOWN_MS = 30_000;
const LIFETIME_MS = 10 * 60_000;
const MAX_KEYS = 100;

interface Kept {
  keys: Promise<JSONWebKeySet>;
  loadedAt: number;
}

/** Key sets by their address, so that two issuers with one key id are told apart. */
@Injectable()
export class IssuerKeys {
  private readonly kept = new Map<string, Kept>();

  constructor(
    private readonly http: ProviderHttp,
    private readonly clock: Clock,
  ) {}

  async get(url: string, keyId: string | undefined, guarded: boolean): Promise<JSONWebKeySet> {
    const now = this.clock.now().getTime();
    const cache = `${guarded} ${url}`;
    const known = this.kept.get(cache);
    if (known && now - known.loadedAt < LIFETIME_MS) {
      const set = await known.keys;
      if (has(set, keyId) || now - known.loadedAt < COOL_DOWN_MS) return set;
    }
    // Whoever came meanwhile waits for the same fetch.
    const current = this.kept.get(cache);
    if (current && current !== known) return current.keys;
    const keys = this.load(url, guarded).catch((error: unknown) => {
      if (known) return known.keys;
      this.kept.delete(cache);
      throw error;
    });
    this.kept.set(cache, { keys, loadedAt: now });
    return keys;
  }

  private async load(url: string, guarded: boolean): Promise<JSONWebKeySet> {
    const answer = await this.http.fetch(url, {}, guarded);
    if (answer.status !== 200) throw new Error(`key set: status ${answer.status}`);
    const set = JSON.parse(answer.text) as { keys?: unknown };
    if (!Array.isArray(set.keys)) throw new Error('key set: no keys');
    // One odd key must not take the others with it, and symmetric ones have no business here.
    const usable = (set.keys as unknown[]).filter(isPublicKey).slice(0, MAX_KEYS);
    return { keys: usable };
  }
}

function has({ keys }: JSONWebKeySet, keyId: string | undefined): boolean {
  return keyId === undefined || keys.some(({ kid }) => kid === keyId);
}

function isPublicKey(key: unknown): key is JWK {
  const type = (key as { kty?: unknown } | null)?.kty;
  return type === 'RSA' || type === 'EC' || type === 'OKP';
}
