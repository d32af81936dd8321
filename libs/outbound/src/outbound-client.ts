import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import type { Agent } from 'undici';
import { forbiddenKind } from './forbidden-address.js';
import { ForbiddenDestination, UnresolvedHost, UnusableAnswer } from './outbound.errors.js';

export interface OutboundRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** ms for everything, redirects and reading included. Default 10 s. */
  timeoutMs?: number;
  /** Of the answer. Default 1 MiB. */
  maxBytes?: number;
  /** How many are followed; with 0 a redirect is an answer like any other. Default 0. */
  maxRedirects?: number;
}

export interface OutboundAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** Where it came from in the end. */
  url: string;
}

const resolveAll = promisify(lookup);

/**
 * Calls URLs that somebody other than the operator has chosen (an administrator's provider, a webhook, SAML metadata). Every connection is checked at
 * the moment it is made, on the very address that it goes to, so that neither a name that changes its address between two look-ups nor a redirect leads
 * inside (OWASP SSRF Prevention Cheat Sheet). `allowedHosts` are exempt: names or addresses that the operator vouches for (`USHER_OUTBOUND_ALLOWED_HOSTS`).
 */
export class OutboundClient {
  private readonly allowed: ReadonlySet<string>;
  private agent?: Agent;

  constructor(allowedHosts: readonly string[] = []) {
    this.allowed = new Set(allowedHosts.map((host) => host.toLowerCase()));
  }

  /** @throws ForbiddenDestination, UnresolvedHost when the host may not, or cannot, be called now. */
  async check(url: string | URL): Promise<void> {
    const host = hostOf(new URL(url));
    if (this.allowed.has(host)) return;
    if (isIP(host)) return refuseForbidden(host, [host]);
    const found = await resolveAll(host, { all: true }).catch((cause: unknown) => {
      throw new UnresolvedHost(host, cause);
    });
    refuseForbidden(
      host,
      found.map(({ address }) => address),
    );
  }

  /** @throws ForbiddenDestination, UnusableAnswer, or what `fetch` throws (with such an error as `cause`). */
  async fetch(url: string | URL, request: OutboundRequest = {}): Promise<OutboundAnswer> {
    const { timeoutMs = 10_000, maxBytes = 1_048_576, maxRedirects = 0 } = request;
    const signal = AbortSignal.timeout(timeoutMs);
    let target = new URL(url);
    for (let redirects = 0; ; redirects++) {
      const response = await this.send(target, request, signal);
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (!location || maxRedirects === 0)
        return {
          status: response.status,
          headers: response.headers,
          text: await readAtMost(response, maxBytes),
          url: target.href,
        };
      await response.body?.cancel();
      if (redirects >= maxRedirects) throw new UnusableAnswer('too many redirects');
      target = new URL(location, target);
    }
  }

  private async send(target: URL, { method, headers, body }: OutboundRequest, signal: AbortSignal): Promise<Response> {
    if (!/^https?:$/.test(target.protocol)) throw new UnusableAnswer(`${target.protocol} is not HTTP`);
    // A look-up is only made for names: an address in the URL goes straight to the socket.
    const host = hostOf(target);
    if (isIP(host) && !this.allowed.has(host)) refuseForbidden(host, [host]);
    const { Agent, fetch } = await import('undici');
    this.agent ??= new Agent({ connect: { lookup: this.lookup } });
    try {
      const options = { method, headers, body, signal, redirect: 'manual' as const, dispatcher: this.agent };
      return (await fetch(target, options)) as unknown as Response;
    } catch (error) {
      throw error instanceof TypeError && error.cause instanceof ForbiddenDestination ? error.cause : error;
    }
  }

  private readonly lookup: LookupFunction = (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return done(error, []);
      try {
        if (!this.allowed.has(host.toLowerCase()))
          refuseForbidden(
            host,
            addresses.map(({ address }) => address),
          );
      } catch (refusal) {
        return done(refusal as Error, []);
      }
      if (options.all) return done(null, addresses);
      done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

/** Without the brackets of IPv6; WHATWG parsing has already turned decimal, octal and hexadecimal forms into dotted ones. */
function hostOf(url: URL): string {
  return url.hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
}

/** One forbidden address among several is enough: which of them a connection takes is chance. */
function refuseForbidden(host: string, addresses: string[]): void {
  for (const address of addresses) {
    const kind = forbiddenKind(address);
    if (kind) throw new ForbiddenDestination(host, kind);
  }
}

async function readAtMost(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxBytes) throw new UnusableAnswer(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
