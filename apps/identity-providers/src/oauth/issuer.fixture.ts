import type { JsonObject } from '@usher/contracts/user-object';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An OpenID issuer: documents to serve, and ID tokens. */
export interface TestIssuer {
  jwks: { keys: JsonObject[] };
  document(issuer: string, base: string): JsonObject;
  token(claims: JsonObject): Promise<string>;
}

export async function createIssuer(kid = 'one'): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } as JsonObject;
  return {
    // An odd key beside it must do no harm.
    jwks: { keys: [{ kty: 'NEW', kid: 'odd', alg: 'XX999' }, jwk] },
    document: (issuer, base) => ({
      ...{ issuer, authorization_endpoint: `${base}/authorize`, token_endpoint: `${base}/token` },
      ...{ userinfo_endpoint: `${base}/userinfo`, jwks_uri: `${base}/jwks` },
    }),
    token: (claims) => {
      const now = Math.floor(Date.now() / 1000);
      const whole = { iat: now, exp: now + 300, ...claims };
      return new SignJWT(whole).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
    },
  };
}
