import { Inject, Injectable } from '@nestjs/common';
import { InvalidToken } from '@usher/access-tokens/verify-jwt';
import { AuthError } from '@usher/contracts/errors';
import type { Bearer } from '@usher/contracts/request-context';
import { checkSession } from '@usher/contracts/tokens/sessions.contract';
import { authenticate } from '@usher/contracts/users/accounts.contract';
import { RpcClient } from '@usher/messaging/rpc-client';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import type { Exchange } from '../http/exchange.js';
import { bearerToken, noAuthorization } from './bearer-token.js';
import { identify, readClaims, sessionOf } from './claims.js';
import { badToken } from './refusal.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Decides who may pass, once the token is known to be genuine. */
@Injectable()
export class Admission {
  private readonly adminRoles: ReadonlySet<string>;

  constructor(
    @Inject(SETTINGS) { jwt }: Settings,
    private readonly tokens: VerifiedTokens,
    private readonly rpc: RpcClient,
  ) {
    this.adminRoles = new Set(jwt.adminRoles);
  }

  /** The genuine bearer of a request, outside of a route. */
  bearerOf(exchange: Exchange): Bearer {
    const token = bearerToken(exchange.header('authorization'));
    if (!token) throw noAuthorization();
    try {
      return readClaims(this.tokens.verify(token));
    } catch (error) {
      throw error instanceof InvalidToken ? badToken(error) : error;
    }
  }

  /** A user, by the form of the claims; the service that does the work checks session and ban in its own query. */
  admitUser(exchange: Exchange, bearer: Bearer): void {
    exchange.caller = { kind: this.isAdmin(bearer) ? 'admin' : 'user', bearer: identify(bearer) };
  }

  /** A user whose session stands and who is not banned. */
  async admitLiveUser(exchange: Exchange, bearer: Bearer): Promise<void> {
    this.admitUser(exchange, bearer);
    await this.rpc.call(authenticate, { bearer: exchange.caller!.bearer }, exchange.context());
  }

  /** An administrator: the session of a person's token must still stand (accounts.md §4.4). */
  async admitAdmin(exchange: Exchange, bearer: Bearer): Promise<void> {
    const sessionId = sessionOf(bearer);
    if (sessionId) {
      const person = identify(bearer);
      await this.rpc.call(checkSession, { bearer: person }, exchange.context());
    }
    if (!this.isAdmin(bearer)) throw new AuthError('not_admin', 'User not allowed');
    exchange.caller = { kind: 'admin', bearer: { ...bearer, sessionId } };
  }

  private isAdmin({ role }: Bearer): boolean {
    return this.adminRoles.has(role);
  }
}
