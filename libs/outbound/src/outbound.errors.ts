import type { ForbiddenKind } from './forbidden-address.js';

/** A URL leads, by its host, by DNS or by a redirect, to where a server must not be sent (SSRF). */
export class ForbiddenDestination extends Error {
  constructor(
    readonly host: string,
    readonly kind: ForbiddenKind,
  ) {
    super(`${host} leads to ${kind}`);
  }
}

export class UnresolvedHost extends Error {
  constructor(
    readonly host: string,
    cause: unknown,
  ) {
    super(`${host} cannot be resolved`, { cause });
  }
}

/** An answer over the size that the caller allows, a redirect too many, or a scheme that is not HTTP. */
export class UnusableAnswer extends Error {}
