import type { AuthEvent } from './auth-event.js';
import type { ConsumeOptions, EventHandler } from './options.js';

/** The handler if it wants this event. Others are noted in the inbox all the same, to see gaps. */
export function handlerOf({ types, handler }: ConsumeOptions, event: AuthEvent): EventHandler | undefined {
  return !types || types.some((type) => event.type === `auth.${type}`) ? handler : undefined;
}
