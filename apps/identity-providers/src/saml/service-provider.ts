import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { Settings } from '@usher/runtime/settings/settings';
import { hostOf, spCertificate } from './sp-certificate.js';

export interface SpKey {
  key: KeyObject;
  /** DER. */
  certificate: Buffer;
}

/** This server in its role as a SAML service provider. */
export interface ServiceProvider {
  entityId: string;
  acsUrl: string;
  sloUrl: string;
  primary: SpKey;
  /** A key that is about to become the primary one, or was it until now. */
  next?: SpKey;
  encryption: boolean;
}

export function serviceProvider({ saml, api }: Settings): ServiceProvider {
  const base = (saml.externalUrl || api.externalUrl).replace(/\/+$/, '');
  const host = hostOf(api.externalUrl);
  const keyOf = (text: string): SpKey => {
    const key = createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs1' });
    return { key, certificate: spCertificate(key, host, saml.allowEncryptedAssertions) };
  };
  return {
    entityId: `${base}/sso/saml/metadata`,
    acsUrl: `${base}/sso/saml/acs`,
    sloUrl: `${base}/sso/saml/slo`,
    primary: keyOf(saml.privateKey),
    next: saml.privateKeyNext ? keyOf(saml.privateKeyNext) : undefined,
    encryption: saml.allowEncryptedAssertions,
  };
}
