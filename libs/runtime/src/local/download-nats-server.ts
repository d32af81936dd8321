import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { LaunchError } from './launch-error.js';

const run = promisify(execFile);

const VERSION = '2.14.5';

/** SHA-256 of the release archives, from the release's own list. */
const ARCHIVES: Record<string, string> = {
  'linux-amd64': '5e3b603d47c447bda1f77f9ac16dbf91c90aac4ff3681f8fbbc7201e4ed99355',
  'linux-arm64': '673a98d3faa79dde3f9ebf16d6dfac36a5f694e7ad2015e4954dd7939c85cd4c',
  'darwin-amd64': 'f95c98d6b6ed2b63c5681b46b092c9585c99767d547cf495730c329234625e96',
  'darwin-arm64': 'ddd907854d9a2de834af133fa396915fe6442fe6d8909ae31390d1ea7a0fea50',
};

const DOWNLOAD_DEADLINE_MS = 60_000;
const CONNECT_DEADLINE_MS = 4_000;

/**
 * Puts the pinned release of nats-server at `target`.
 * @returns false when the release cannot be reached or there is none for this platform.
 * @throws LaunchError when what came is not the pinned release.
 */
export async function downloadNatsServer(target: string, log: (line: string) => void): Promise<boolean> {
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const expected = ARCHIVES[platform];
  if (!expected) return false;
  const name = `nats-server-v${VERSION}-${platform}`;
  const archive = await download(
    `https://github.com/nats-io/nats-server/releases/download/v${VERSION}/${name}.tar.gz`,
    log,
  );
  if (!archive) return false;
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== expected) {
    throw new LaunchError(
      `The download of nats-server ${VERSION} is not the release that was pinned (SHA-256 ${actual}): nothing was installed.`,
    );
  }
  await unpack(archive, `${name}/nats-server`, target);
  return true;
}

async function download(url: string, log: (line: string) => void): Promise<Buffer | undefined> {
  const abort = new AbortController();
  let deadline = setTimeout(() => abort.abort(), CONNECT_DEADLINE_MS);
  try {
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok) return undefined;
    clearTimeout(deadline);
    deadline = setTimeout(() => abort.abort(), DOWNLOAD_DEADLINE_MS);
    log(`downloading nats-server ${VERSION}`);
    return Buffer.from(await response.arrayBuffer());
  } catch {
    return undefined;
  } finally {
    clearTimeout(deadline);
  }
}

async function unpack(archive: Buffer, member: string, target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  const folder = await mkdtemp(`${target}-`);
  try {
    await writeFile(path.join(folder, 'archive.tar.gz'), archive);
    await run('tar', ['-xzf', 'archive.tar.gz', member], { cwd: folder });
    // In one step, so that a start beside this one never sees half a binary.
    await rename(path.join(folder, member), target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
