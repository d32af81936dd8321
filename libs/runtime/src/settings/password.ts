import { atLeast } from './adjust.js';
import { bool, float, int, str, uint } from './parse.js';
import type { ValueType } from './parse.js';
import { concern, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const passwordSettings = concern({
  title: 'Password',
  variables: {
    minLength: variable({
      name: 'GOTRUE_PASSWORD_MIN_LENGTH',
      type: int(),
      default: 6,
      adjust: atLeast(6),
      help: 'least length, at least 6',
    }),
    requiredCharacters: variable({
      name: 'GOTRUE_PASSWORD_REQUIRED_CHARACTERS',
      type: characterSets(),
      help: 'one character of each set is needed; `:` parts the sets, `\\:` is a colon',
    }),
    hibp: {
      enabled: variable({
        name: 'GOTRUE_PASSWORD_HIBP_ENABLED',
        type: bool(),
        help: 'refuse passwords known from breaches',
      }),
      failClosed: variable({
        name: 'GOTRUE_PASSWORD_HIBP_FAIL_CLOSED',
        type: bool(),
        help: 'refuse every password while the check is unavailable',
      }),
      userAgent: variable({
        name: 'GOTRUE_PASSWORD_HIBP_USER_AGENT',
        type: str(),
        default: 'https://github.com/supabase/gotrue',
        help: 'sent with the check',
      }),
      bloom: {
        enabled: variable({
          name: 'GOTRUE_PASSWORD_HIBP_BLOOM_ENABLED',
          type: bool(),
          help: 'keep answers in memory',
        }),
        items: variable({
          name: 'GOTRUE_PASSWORD_HIBP_BLOOM_ITEMS',
          type: uint(),
          default: 100_000,
          help: 'expected items',
        }),
        falsePositives: variable({
          name: 'GOTRUE_PASSWORD_HIBP_BLOOM_FALSE_POSITIVES',
          type: float(),
          default: '0.0000099',
          help: 'accepted rate of false positives',
        }),
      },
    },
  },
});

export type PasswordSettings = ValuesOf<typeof passwordSettings>;

function characterSets(): ValueType<readonly string[]> {
  return { kind: 'sets', zero: [], parse: splitCharacterSets };
}

// A colon that has been escaped joins its two neighbours once: a set with two escaped colons splits at the second,
// as on the reference server.
function splitCharacterSets(text: string): readonly string[] {
  const parts = text.split(':');
  const sets: string[] = [];
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] ?? '';
    const joins = part.endsWith('\\') && i < parts.length - 1;
    const set = joins ? `${part.slice(0, -1)}:${parts[i + 1] ?? ''}` : part;
    if (joins) i += 1;
    if (set !== '') sets.push(set);
  }
  return sets;
}
