import { constants } from 'node:os';
import { readConfigDir } from './config-files.js';
import type { ConcernName, Settings } from './concerns.js';
import { DirectoryWatch } from './directory-watch.js';
import type { Environment } from './read-group.js';
import { readSettings } from './settings.js';
import type { ReadOptions } from './settings.js';

export interface WatchOptions extends ReadOptions<ConcernName> {
  /** What was loaded at start; the files of the directory are laid over it at each reload. */
  readonly environment: Environment;
  /** Read at start only: a reload does not change it. */
  readonly reloading: Settings['reloading'];
}

/** A failed reload leaves the settings in force: the callback has nothing to do but log it. */
export type Reload =
  | { readonly kind: 'loaded'; readonly settings: Settings; readonly environment: Environment }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface SettingsWatch {
  close(): void;
}

/**
 * Reads the settings again after a change in the directory, or after the signal, once it has been quiet for the grace
 * period. A variable that vanishes from the directory keeps its last value.
 */
export function watchSettings(dir: string, options: WatchOptions, onChange: (reload: Reload) => void): SettingsWatch {
  const { reloading } = options;
  let environment = options.environment;
  let quiet: NodeJS.Timeout | undefined;

  const reload = (): void => {
    let outcome: Reload;
    try {
      const candidate = { ...environment, ...readConfigDir(dir) };
      outcome = { kind: 'loaded', settings: readSettings(candidate, options), environment: candidate };
      environment = candidate;
    } catch (error) {
      outcome = { kind: 'failed', error };
    }
    onChange(outcome);
  };
  const changed = (): void => {
    clearTimeout(quiet);
    quiet = setTimeout(reload, reloading.gracePeriodInterval);
  };

  const signal = reloading.signalEnabled ? signalName(reloading.signalNumber) : undefined;
  const directory = reloading.notifyEnabled ? new DirectoryWatch(dir, reloading, changed) : undefined;
  if (signal) process.on(signal, changed);
  return {
    close: () => {
      clearTimeout(quiet);
      directory?.close();
      if (signal) process.off(signal, changed);
    },
  };
}

function signalName(number: number): NodeJS.Signals | undefined {
  return signals().find((name) => constants.signals[name] === number);
}

function signals(): NodeJS.Signals[] {
  return Object.keys(constants.signals).filter((name): name is NodeJS.Signals => name.startsWith('SIG'));
}
