import type { Provider } from '@nestjs/common';
import { buildKeySet, type Jwk } from '@usher/access-tokens/key-set';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';

/** Token of the configured keys. */
export const KEY_SET = Symbol('KeySet');

export const keySetProvider: Provider = {
  provide: KEY_SET,
  useFactory: ({ jwt }: Settings) =>
    buildKeySet({
      secret: jwt.secret,
      keyId: jwt.keyId,
      jwks: jwt.keys as readonly Jwk[],
      validMethods: jwt.validMethods,
    }),
  inject: [SETTINGS],
};
