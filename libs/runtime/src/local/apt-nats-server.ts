import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Puts the nats-server of the Debian or Ubuntu archive at `target`, as any user: apt verifies the package, works in a
 * folder of ours, and nothing is installed on the system.
 * @returns false when there is no apt here or it has no such package.
 */
export async function aptNatsServer(target: string, log: (line: string) => void): Promise<boolean> {
  if (!existsSync('/usr/bin/apt-get') || !existsSync('/usr/bin/dpkg')) return false;
  await mkdir(path.dirname(target), { recursive: true });
  const folder = await mkdtemp(`${target}-`);
  try {
    log('fetching nats-server from the Debian archive');
    await fetchPackage(folder);
    const file = (await readdir(folder)).find((name) => name.endsWith('.deb'));
    if (!file) return false;
    await run('dpkg', ['-x', file, 'unpacked'], { cwd: folder });
    const binary = path.join(folder, 'unpacked/usr/sbin/nats-server');
    await chmod(binary, 0o755);
    await rename(binary, target);
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fetchPackage(folder: string): Promise<void> {
  await mkdir(path.join(folder, 'lists/partial'), { recursive: true });
  await mkdir(path.join(folder, 'cache/archives/partial'), { recursive: true });
  const settings = {
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::Cache': path.join(folder, 'cache'),
    'Dir::State::status': '/var/lib/dpkg/status',
    'APT::Sandbox::User': '',
    'Acquire::http::Timeout': '10',
    'Acquire::Languages': 'none',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await run('apt-get', [...options, '-qq', 'update'], { cwd: folder, timeout: 60_000 });
  await run('apt-get', [...options, '-qq', 'download', 'nats-server'], { cwd: folder, timeout: 60_000 });
}
