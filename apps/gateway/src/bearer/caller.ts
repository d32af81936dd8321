import type { Bearer } from '@usher/contracts/request-context';

/** Who the guard of the route has let in. */
export interface Caller {
  kind: 'user' | 'admin';
  bearer: Bearer;
}

/** The claims of a guarded route's caller. */
export function bearerOf({ caller }: { caller?: Caller }): Bearer {
  if (!caller) throw new Error('the route has no guard');
  return caller.bearer;
}
