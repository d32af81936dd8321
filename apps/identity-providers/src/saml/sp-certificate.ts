import { createPublicKey, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { der, oid, sequence } from './der.js';

const SHA256_WITH_RSA = sequence(oid('2a864886f70d01010b'), der(0x05));
const COMMON_NAME = '550403';
const KEY_USAGE = '551d0f';
const SUBJECT_ALT_NAME = '551d11';
const DNS_NAME = 0x82;

const CRITICAL = der(0x01, Buffer.from([0xff]));

/**
 * The certificate of the service provider: made from the key alone and the same at every start, because identity providers have pinned it
 * (sso-saml.md §1). PKCS#1 v1.5 signatures are deterministic, so it is byte for byte that of the reference.
 */
export function spCertificate(key: KeyObject, host: string, forEncryption: boolean): Buffer {
  const name = distinguishedName(`SAML 2.0 Certificate for ${host}`);
  const validity = sequence(der(0x17, Buffer.from('700101000000Z')), der(0x18, Buffer.from('21700101000000Z')));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([0])),
    SHA256_WITH_RSA,
    name,
    validity,
    name,
    createPublicKey(key).export({ type: 'spki', format: 'der' }),
    der(0xa3, extensions(host, forEncryption)),
  );
  const signature = sign('sha256', body, key);
  return sequence(body, SHA256_WITH_RSA, der(0x03, Buffer.from([0]), signature));
}

function distinguishedName(commonName: string): Buffer {
  // Go writes a PrintableString where the characters allow it.
  const tag = /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(commonName) ? 0x13 : 0x0c;
  return sequence(der(0x31, sequence(oid(COMMON_NAME), der(tag, Buffer.from(commonName)))));
}

function extensions(host: string, forEncryption: boolean): Buffer {
  // Bits from the left: digitalSignature 0, dataEncipherment 3.
  const usage = forEncryption ? Buffer.from([4, 0x90]) : Buffer.from([7, 0x80]);
  return sequence(
    extension(KEY_USAGE, true, der(0x03, usage)),
    extension(SUBJECT_ALT_NAME, false, sequence(der(DNS_NAME, Buffer.from(`_samlsp.${host}`)))),
  );
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return sequence(oid(id), ...(critical ? [CRITICAL] : []), der(0x04, value));
}

/** Host name of a URL, without port. */
export function hostOf(url: string): string {
  const { hostname } = new URL(url);
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 6 ? bare : hostname;
}
