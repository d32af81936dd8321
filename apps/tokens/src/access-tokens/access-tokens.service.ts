import { Inject, Injectable } from '@nestjs/common';
import { signJwt } from '@usher/access-tokens/sign-jwt';
import type { RequestContext } from '@usher/contracts/request-context';
import type { Json, JsonObject, UserObject } from '@usher/contracts/user-object';
import { HookCaller } from '@usher/hooks/hook-caller';
import { LiveKeys } from '@usher/runtime/keys/live-keys';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { UnusableClaims } from './access-tokens.errors.js';
import { claimProblems } from './claims-schema.js';
import { accessTokenClaims, type AmrEntry, type TokenSession } from './claims.js';

export interface TokenRequest {
  user: UserObject;
  session: TokenSession;
  amr: readonly AmrEntry[];
  /** For the hook: how this token came about, `token_refresh` for a refresh. */
  method: string;
}

export interface AccessToken {
  token: string;
  /** Unix seconds. What the hook writes into `exp` does not change it. */
  expiresAt: number;
  issuedAt: number;
}

@Injectable()
export class AccessTokensService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly keys: LiveKeys,
    private readonly hooks: HookCaller,
  ) {}

  /** Signs an access token. May call the custom access token hook, so never inside a transaction. */
  async mint({ user, session, amr, method }: TokenRequest, context: RequestContext, now: Date): Promise<AccessToken> {
    const { jwt, sessions } = this.settings;
    const lifetime = { exp: jwt.exp, allowLowAal: sessions.allowLowAal };
    const claims = accessTokenClaims(user, session, amr, jwt.issuer, lifetime, now);
    const signed = await this.customise(claims, user, method, context);
    return {
      token: signJwt(this.keys.current, signed),
      expiresAt: claims.exp,
      issuedAt: Math.floor(now.getTime() / 1000),
    };
  }

  private async customise(
    claims: JsonObject,
    user: UserObject,
    method: string,
    context: RequestContext,
  ): Promise<JsonObject> {
    if (!this.hooks.isEnabled('custom_access_token')) return claims;
    const payload = { user_id: user.id, claims, authentication_method: method };
    const output = await this.hooks.call<{ claims?: Json } | null>('custom_access_token', payload, context);
    // No answer at all (204, null) is told as claims of null, an answer without the member as a missing one.
    if (output && output.claims === undefined) throw UnusableClaims.missing();
    const changed = output?.claims ?? null;
    const problems = claimProblems(changed);
    if (problems.length) throw UnusableClaims.malformed(problems);
    const given = changed as JsonObject;
    if (given.role !== user.role && this.settings.jwt.adminRoles.includes(given.role as string))
      throw UnusableClaims.malformed(['role: a hook cannot make an administrator of a user']);
    return given;
  }
}
