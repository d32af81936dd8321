import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfigDir, readConfigFile } from './config-files.js';
import type { Environment } from './read-group.js';

export interface ConfigFlags {
  /** `-c`, `--config` */
  readonly configFile?: string;
  /** `-d`, `--config-dir` */
  readonly configDir?: string;
}

/** The environment of this process: the only place in the repository that reads it. */
export function processEnvironment(): Environment {
  return process.env;
}

/** Takes the two flags out of command-line arguments; others are left to the program. */
export function configFlags(args: readonly string[]): ConfigFlags {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: { config: { type: 'string', short: 'c' }, 'config-dir': { type: 'string', short: 'd' } },
  });
  const { config, 'config-dir': configDir } = values;
  return {
    ...(typeof config === 'string' && { configFile: config }),
    ...(typeof configDir === 'string' && { configDir }),
  };
}

/**
 * Lays the configuration files over an environment: `--config` overrides it, a `.env` in the working directory (read only
 * without `--config`) does not, and the files of `--config-dir` override all. A directory that cannot be read is only
 * warned of; a file that cannot be read throws.
 */
export function loadEnvironment(
  flags: ConfigFlags,
  base: Environment = processEnvironment(),
  warn: (message: string) => void = () => undefined,
): Environment {
  const started = flags.configFile
    ? { ...base, ...readConfigFile(flags.configFile) }
    : { ...(existsSync('.env') && readConfigFile('.env')), ...base };
  return flags.configDir ? { ...started, ...readDirOrWarn(flags.configDir, warn) } : started;
}

function readDirOrWarn(dir: string, warn: (message: string) => void): Environment {
  try {
    return readConfigDir(dir);
  } catch (error) {
    warn(`configuration directory not loaded: ${error instanceof Error ? error.message : dir}`);
    return {};
  }
}
