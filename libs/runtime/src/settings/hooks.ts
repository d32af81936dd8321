import { isHookSecret, parseHookUri } from './hook-uri.js';
import { bool, str } from './parse.js';
import type { ValueType } from './parse.js';
import { concern, forEach, ignored, upperSnake, variable } from './schema.js';
import type { ValuesOf } from './schema.js';

export const HOOKS = [
  'customAccessToken',
  'mfaVerificationAttempt',
  'passwordVerificationAttempt',
  'sendEmail',
  'sendSms',
  'beforeUserCreated',
  'afterUserCreated',
] as const;

export type HookName = (typeof HOOKS)[number];

export const hooksSettings = concern({
  title: 'Hooks',
  variables: forEach(HOOKS, hook),
  check(hooks, report) {
    for (const name of HOOKS) {
      const { uri, secrets } = hooks[name];
      // A malformed URI stops the start even of a hook that is off, as on the reference server.
      if (uri === '') continue;
      try {
        const target = parseHookUri(uri);
        if (target.kind === 'postgres' || secrets.every(isHookSecret)) continue;
        report.problem(`${prefix(name)}_SECRETS`, 'invalid secret format');
      } catch (error) {
        report.problem(`${prefix(name)}_URI`, error instanceof Error ? error.message : 'is not a URI');
      }
    }
  },
});

export type HooksSettings = ValuesOf<typeof hooksSettings>;
export type HookSettings = HooksSettings[HookName];

function hook(name: HookName) {
  return {
    enabled: variable({ name: `${prefix(name)}_ENABLED`, type: bool(), help: 'call this hook' }),
    uri: variable({
      name: `${prefix(name)}_URI`,
      type: str(),
      help: '`https://…`, `http://localhost…` or `pg-functions://postgres/<schema>/<function>`',
    }),
    secrets: variable({
      name: `${prefix(name)}_SECRETS`,
      alias: 'SECRETS',
      type: secretList(),
      help: 'what calls are signed with, `v1,whsec_<base64>`, several parted by `|` (empty: unsigned)',
    }),
    secret: ignored(`${prefix(name)}_SECRET`, 'the name is `…_SECRETS`'),
  };
}

function prefix(name: HookName): string {
  return `GOTRUE_HOOK_${upperSnake(name)}`;
}

function secretList(): ValueType<readonly string[]> {
  return { kind: 'list by `|`', zero: [], parse: (text) => text.split('|').filter((secret) => secret !== '') };
}
