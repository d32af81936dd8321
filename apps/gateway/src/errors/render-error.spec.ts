import { describe, expect, it } from '@jest/globals';
import { AuthError, oauthError } from '@usher/contracts/errors';
import { LEGACY, V2024, apiVersion } from './api-version.js';
import { renderError } from './render-error.js';

const render = (error: AuthError, version: typeof LEGACY | typeof V2024 = LEGACY) => {
  const { status, body, headers } = renderError(error, version, 'id');
  return { status, headers, body: JSON.parse(Buffer.from(body as Uint8Array).toString()) as unknown };
};

describe('the version of the error format', () => {
  it.each(['2024-01-01', '2024-06-30', '9999-12-31'])('is the new one for %s', (header) => {
    expect(apiVersion(header)).toBe(V2024);
  });

  it.each(['', '2023-12-31', 'nonsense', '2024-1-1', '2024-01-01T00:00:00Z', '2024-02-30'])(
    'is the first one for %j',
    (header) => {
      expect(apiVersion(header)).toBe(LEGACY);
    },
  );
});

describe('an error', () => {
  it('has an id from status 500 on, in the first format', () => {
    const error = new AuthError('unexpected_failure', 'Broken');
    const body = { code: 500, error_code: 'unexpected_failure', msg: 'Broken', error_id: 'id' };
    expect(render(error)).toMatchObject({ status: 500, body });
    expect(render(error, V2024).body).toEqual({ code: 'unexpected_failure', message: 'Broken' });
  });

  it('without a code is unknown, and no header names it', () => {
    const { body, headers } = render(new AuthError(null, 'Hook says no', { status: 418 }));
    expect(body).toEqual({ code: 418, error_code: 'unknown', msg: 'Hook says no' });
    expect(headers).not.toHaveProperty('x-sb-error-code');
  });

  it('that a database function raised for the client shows in the first format only', () => {
    const raised = { sqlState: 'PT402', status: 402, message: 'please pay' };
    const error = new AuthError('unexpected_failure', 'Error running hook URI: x', { raised });
    expect(render(error)).toMatchObject({ status: 402, body: { code: 'PT402', message: 'please pay' } });
    expect(render(error, V2024)).toMatchObject({
      status: 500,
      body: { code: 'unexpected_failure', message: 'Error running hook URI: x' },
    });
  });

  it('of OAuth is the same in both formats', () => {
    const body = { error: 'invalid_client', error_description: 'No' };
    expect(render(oauthError('invalid_client', 'No'), V2024)).toMatchObject({ status: 400, body });
  });
});
