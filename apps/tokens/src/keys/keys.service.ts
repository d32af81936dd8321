import { Inject, Injectable } from '@nestjs/common';
import type { KeySet } from '@usher/access-tokens/key-set';
import { JsonReply } from '@usher/contracts/rpc';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import { KEY_SET } from './key-set.provider.js';
import { openidConfiguration } from './openid-configuration.js';

/** The public documents; they change only with the settings, so their text is made once. */
@Injectable()
export class KeysService {
  readonly jwks: JsonReply;
  readonly openidConfiguration: JsonReply;

  constructor(@Inject(KEY_SET) keys: KeySet, @Inject(SETTINGS) { jwt }: Settings) {
    this.jwks = JsonReply.of({ keys: keys.keys.flatMap(({ publicJwk }) => publicJwk ?? []) });
    this.openidConfiguration = JsonReply.of(openidConfiguration(jwt.issuer));
  }
}
