import { concerns } from './concerns.js';
import type { ConcernName, Settings } from './concerns.js';
import { ProblemList, SettingsError } from './problems.js';
import type { Outlets } from './problems.js';
import { readConcern } from './read-group.js';
import type { Environment } from './read-group.js';
import type { Reporter } from './schema.js';

export type { ConcernName, Settings } from './concerns.js';
export { SettingsError } from './problems.js';
export type { Environment } from './read-group.js';

export interface ReadOptions<K extends ConcernName> extends Outlets {
  /** Read and check these only. */
  readonly concerns?: readonly K[];
  /** The standalone starts a database of its own when there is no `DATABASE_URL`. */
  readonly databaseUrlRequired?: boolean;
}

/**
 * Reads all settings, or those of the given concerns, from an environment. The result is frozen.
 *
 * Durations are milliseconds, save those whose help says seconds. An empty variable counts as not set.
 * Throws a `SettingsError` that lists every problem.
 */
export function readSettings<K extends ConcernName = ConcernName>(
  env: Environment,
  options: ReadOptions<K> = {},
): Pick<Settings, K> {
  const report = new ProblemList(options, options.databaseUrlRequired === false ? ['DATABASE_URL'] : []);
  const names = options.concerns ?? Object.keys(concerns).filter(isConcernName);

  const settings: Partial<Record<ConcernName, unknown>> = {};
  for (const name of names) {
    settings[name] = readConcern(concerns[name], env, report);
  }
  const complete = Object.freeze(settings) as Pick<Settings, K>;
  warnOfIncompleteWebAuthn(complete, report);
  if (report.messages.length > 0) throw new SettingsError(report.messages);
  return complete;
}

function isConcernName(name: string): name is ConcernName {
  return Object.hasOwn(concerns, name);
}

function warnOfIncompleteWebAuthn({ passkeys, mfa }: Partial<Settings>, report: Reporter): void {
  if (!passkeys || !mfa) return;
  if (!passkeys.enabled && !mfa.webAuthn.enrollEnabled && !mfa.webAuthn.verifyEnabled) return;
  const missing = {
    GOTRUE_WEBAUTHN_RP_ID: passkeys.rpId === '',
    GOTRUE_WEBAUTHN_RP_DISPLAY_NAME: passkeys.rpDisplayName === '',
    GOTRUE_WEBAUTHN_RP_ORIGINS: passkeys.rpOrigins.length === 0,
  };
  for (const [name, isMissing] of Object.entries(missing)) {
    if (isMissing) report.warning(name, 'is required when WebAuthn is enabled');
  }
}
