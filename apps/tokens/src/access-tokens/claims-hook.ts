import type { RequestContext } from '@usher/contracts/request-context';

/** The part of `HookCaller` that access tokens need. */
export interface ClaimsHook {
  isEnabled(hook: 'custom_access_token'): boolean;
  /** @throws AuthError when the hook refuses or fails. */
  call<Output>(hook: 'custom_access_token', payload: object, context: RequestContext): Promise<Output>;
}

/** Token of the caller of the custom access token hook. */
export const CLAIMS_HOOK = Symbol('ClaimsHook');
