import { Inject, Injectable } from '@nestjs/common';
import type { KeySet } from '@usher/access-tokens/key-set';
import { JsonReply } from '@usher/contracts/rpc';
import { LiveKeys } from '@usher/runtime/keys/live-keys';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { openidConfiguration } from './openid-configuration.js';

/** The public documents; they change only with settings and keys, so their text is made once. */
@Injectable()
export class KeysService {
  readonly openidConfiguration: JsonReply;
  private published: JsonReply;

  constructor(keys: LiveKeys, @Inject(SETTINGS) { jwt }: Settings) {
    this.published = toJwks(keys.current);
    keys.onChange((now) => (this.published = toJwks(now)));
    this.openidConfiguration = JsonReply.of(openidConfiguration(jwt.issuer));
  }

  /** The public halves of all keys, those that do not sign yet or no longer included. */
  get jwks(): JsonReply {
    return this.published;
  }
}

function toJwks({ keys }: KeySet): JsonReply {
  return JsonReply.of({ keys: keys.flatMap(({ publicJwk }) => publicJwk ?? []) });
}
