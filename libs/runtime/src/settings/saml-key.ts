import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Says why a text is not the base64 of a PKCS#1 RSA key with exponent 65537 and at least 2048 bits. */
export function samlKeyProblem(text: string): string | undefined {
  const compact = text.replace(/[\r\n]/g, '');
  if (!BASE64.test(compact)) return 'SAML private key not in standard Base64 format';

  const key = readPkcs1(Buffer.from(compact, 'base64'));
  if (!key) return 'SAML private key not in PKCS#1 format';

  const { publicExponent, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (publicExponent !== 65537n) return 'SAML private key should use the 65537 (0x10001) RSA public exponent';
  if (modulusLength < 2048) return 'SAML private key must be at least RSA 2048';
  return undefined;
}

function readPkcs1(der: Buffer): KeyObject | undefined {
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs1' });
  } catch {
    return undefined;
  }
}
