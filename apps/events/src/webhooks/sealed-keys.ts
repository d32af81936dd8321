import { Inject, Injectable } from '@nestjs/common';
import { ColumnCipher } from '@usher/encryption/column-cipher';
import { SETTINGS } from '@usher/runtime/runtime.module';
import type { Settings } from '@usher/runtime/settings/settings';
import type { EndpointRow } from './endpoint.js';
import type { EndpointKeys } from './endpoint-keys.js';

/** The keys of an endpoint on their way to the database and back; encrypted where the operator has switched that on. */
@Injectable()
export class SealedKeys {
  private readonly cipher: ColumnCipher;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.cipher = new ColumnCipher(settings.security.databaseEncryption);
  }

  seal(endpointId: string, keys: EndpointKeys[]): string {
    return this.cipher.seal(endpointId, JSON.stringify(keys));
  }

  open({ id, secrets }: Pick<EndpointRow, 'id' | 'secrets'>): EndpointKeys[] {
    return JSON.parse(this.cipher.open(id, secrets)) as EndpointKeys[];
  }
}
