import { describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { legacyApiKey, opaqueApiKey } from './api-keys.js';

describe('API keys of the laptop run', () => {
  it('have the form of the stack, with its checksum', () => {
    expect(opaqueApiKey('publishable', Buffer.alloc(16))).toBe('sb_publishable_AAAAAAAAAAAAAAAAAAAAAA_qcQJXLgl');
    expect(opaqueApiKey('secret', Buffer.alloc(16, 255))).toMatch(/^sb_secret_[\w-]{22}_[\w-]{8}$/);
  });

  it('exist in the older form too, signed with the secret', async () => {
    const now = Math.floor(Date.now() / 1000);
    const { payload, protectedHeader } = await jwtVerify(legacyApiKey('anon', 's3cret', now), Buffer.from('s3cret'));
    expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
    expect(payload).toEqual({ role: 'anon', iss: 'supabase', iat: now, exp: now + 315_360_000 });
  });
});
