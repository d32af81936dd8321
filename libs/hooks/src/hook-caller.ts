import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { jsonParameter } from '@usher/database/json-parameter';
import { Clock } from '@usher/runtime/clock';
import { SETTINGS } from '@usher/runtime/runtime.module';
import { parseHookUri } from '@usher/runtime/settings/hook-uri';
import type { Settings } from '@usher/runtime/settings/settings';
import { readHookOutput } from './hook-output.js';
import { HOOK_POINTS } from './hook-points.js';
import { callHttpHook } from './http-hook.js';
import type { HookMetadata, HookName, HookPayload } from './payloads.js';
import { callPostgresHook } from './postgres-hook.js';

/** Asks the hooks that are configured. Never to be called inside a transaction: a hook may take five seconds. */
@Injectable()
export class HookCaller {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  isEnabled(hook: HookName): boolean {
    return this.settings.hooks[HOOK_POINTS[hook].setting].enabled;
  }

  /**
   * The known fields of the answer; those that the hook left out are absent.
   * @throws AuthError that the hook returned (without a code), or why it could not be asked (hooks.md §3 to §5).
   */
  async call<Output>(hook: HookName, payload: HookPayload, context: RequestContext): Promise<Output> {
    const { setting, fields, keepsWrites } = HOOK_POINTS[hook];
    const { uri, secrets } = this.settings.hooks[setting];
    const message = { ...this.metadata(hook, context), ...payload };
    const read = (answer: string): Output => readHookOutput(answer, fields) as Output;
    const target = parseHookUri(uri);
    if (target.kind === 'http') return read(await callHttpHook({ url: target.url, secrets }, JSON.stringify(message)));
    return callPostgresHook(this.database, { uri, ...target }, jsonParameter(message), keepsWrites, read);
  }

  private metadata(hook: HookName, { ip }: RequestContext): HookMetadata {
    const time = this.clock.now().toISOString();
    const name = HOOK_POINTS[hook].name;
    return { metadata: { uuid: randomUUID(), time, name, ...(ip ? { ip_address: ip } : {}) } };
  }
}
