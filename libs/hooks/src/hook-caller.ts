import { Inject, Injectable } from '@nestjs/common';
import type { RequestContext } from '@usher/contracts/request-context';
import { Database } from '@usher/database/database';
import { SETTINGS } from '@usher/runtime/runtime.module';
import { parseHookUri } from '@usher/runtime/settings/hook-uri';
import type { HookName } from '@usher/runtime/settings/hooks';
import type { Settings } from '@usher/runtime/settings/settings';
import { v4 as uuid } from 'uuid';
import { callHttpHook } from './http-hook.js';
import { callPostgresHook } from './postgres-hook.js';

/** The name of a hook in the payload's metadata (hooks.md §6). */
const PAYLOAD_NAMES: Record<HookName, string> = {
  customAccessToken: 'customize-access-token',
  mfaVerificationAttempt: 'mfa-verification',
  passwordVerificationAttempt: 'password-verification',
  sendEmail: 'send-email',
  sendSms: 'send-sms',
  beforeUserCreated: 'before-user-created',
  afterUserCreated: 'after-user-created',
};

/** Calls what the operator hung in between (hooks.md); never inside a transaction. */
@Injectable()
export class HookCaller {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
  ) {}

  isEnabled(hook: HookName): boolean {
    return this.settings.hooks[hook].enabled;
  }

  /** The hook's output. Throws what the hook answers as an error, and the transport errors of hooks.md §3 and §4. */
  async call<Output extends object>(hook: HookName, payload: object, context: Pick<RequestContext, 'ip'>): Promise<Partial<Output>> {
    const { uri, secrets } = this.settings.hooks[hook];
    const metadata = {
      uuid: uuid(),
      time: new Date().toISOString(),
      name: PAYLOAD_NAMES[hook],
      ...(context.ip ? { ip_address: context.ip } : {}),
    };
    const target = parseHookUri(uri);
    const body = { metadata, ...payload };
    const answer =
      target.kind === 'postgres'
        ? await callPostgresHook(this.database, { uri, schema: target.schema, functionName: target.function }, body)
        : await callHttpHook({ uri, secrets }, body);
    return answer as Partial<Output>;
  }
}
