import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '@usher/contracts/user-object';
import { mergeMetadata, withoutNulls } from './metadata.js';

describe('merging metadata', () => {
  it('removes what the change says is null, and keeps a null that is stored', () => {
    expect(mergeMetadata({ kept: null, gone: 1, same: 2 }, { gone: null, added: 3 })).toEqual({
      kept: null,
      same: 2,
      added: 3,
    });
  });

  it('is of the top level only', () => {
    expect(mergeMetadata({ a: { b: 1 } }, { a: { c: null } })).toEqual({ a: { c: null } });
  });

  it('begins with nothing where there is nothing', () => {
    expect(mergeMetadata(null, { a: 1, b: null })).toEqual({ a: 1 });
  });

  it('takes __proto__ for a name like any other', () => {
    const change = JSON.parse('{"__proto__":{"isAdmin":true}}') as JsonObject;
    const merged = mergeMetadata({}, change);
    expect(Object.keys(merged)).toEqual(['__proto__']);
    expect((merged as { isAdmin?: unknown }).isAdmin).toBeUndefined();
  });

  const object = fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<Json>);

  it('changes nothing when repeated', () => {
    fc.assert(
      fc.property(object, object, (current, change) => {
        const once = mergeMetadata(current, change);
        expect(mergeMetadata(once, change)).toEqual(once);
      }),
    );
  });

  it('leaves members that the change does not name, and exactly the values that it does', () => {
    fc.assert(
      fc.property(object, object, (current, change) => {
        const merged = mergeMetadata(current, change);
        for (const key of new Set([...Object.keys(current), ...Object.keys(change)])) {
          const wanted = Object.hasOwn(change, key) ? change[key] : current[key];
          if (wanted === null && Object.hasOwn(change, key)) expect(Object.hasOwn(merged, key)).toBe(false);
          else expect(merged[key]).toEqual(wanted);
        }
      }),
    );
  });
});

describe('metadata of a sign-up', () => {
  it('has no nulls at its top level', () => {
    expect(withoutNulls({ a: null, b: { c: null }, d: 0 })).toEqual({ b: { c: null }, d: 0 });
  });
});
