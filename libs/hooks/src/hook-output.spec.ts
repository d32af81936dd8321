import { describe, expect, it } from '@jest/globals';
import { readHookOutput } from './hook-output.js';

const fields = { decision: 'string', claims: 'object', should_logout_user: 'boolean' } as const;
const read = (value: unknown) => readHookOutput(JSON.stringify(value), fields);

describe('readHookOutput', () => {
  it('keeps the known fields', () => {
    expect(read({ decision: 'reject', claims: { a: 1 }, colour: 'green' })).toEqual({
      decision: 'reject',
      claims: { a: 1 },
    });
  });

  it('finds fields in any case: a veto is a veto', () => {
    expect(read({ Decision: 'reject', SHOULD_LOGOUT_USER: true })).toEqual({
      decision: 'reject',
      should_logout_user: true,
    });
  });

  it.each([[null], [{}], [{ error: null }], [{ error: 'no' }], [{ error: { http_code: 400 } }], [{ claims: null }]])(
    'takes %j for success',
    (answer) => expect(read(answer)).toEqual({}),
  );

  it.each([
    [{ error: { http_code: 403, message: 'no' } }, 403],
    [{ error: { message: 'no' } }, 500],
    [{ error: { http_code: 0, message: 'no' } }, 500],
    [{ error: { http_code: 200, message: 'no' } }, 500],
    [{ error: { http_code: 99999, message: 'no' } }, 500],
    [{ ERROR: { HTTP_CODE: 429, Message: 'no' } }, 429],
  ])('throws the returned error %j', (answer, status) => {
    expect(() => read(answer)).toThrow(expect.objectContaining({ code: null, status, message: 'no' }));
  });

  it.each(['', '{"decision":', '"text"', '[]', '7', '{"decision":1}', '{"claims":"all"}', '{"claims":[]}'])(
    'refuses %s',
    (text) =>
      expect(() => readHookOutput(text, fields)).toThrow(
        expect.objectContaining({ status: 500, message: 'Error unmarshaling JSON output.' }),
      ),
  );
});
