import { existsSync, readdirSync, statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, join } from 'node:path';
import { isConfigFile } from './config-files.js';
import type { ReloadingSettings } from './reloading.js';

const REARM_MS = 1000;

/** Tells of changes to the configuration files of a directory, also after it has gone and come back. */
export class DirectoryWatch {
  private watcher: FSWatcher | undefined;
  private poller: NodeJS.Timeout | undefined;
  private readonly rearming: NodeJS.Timeout;

  constructor(
    private readonly dir: string,
    private readonly reloading: Pick<ReloadingSettings, 'pollerEnabled' | 'pollerInterval'>,
    private readonly changed: () => void,
  ) {
    this.arm();
    this.rearming = setInterval(() => this.rearm(), REARM_MS).unref();
  }

  close(): void {
    clearInterval(this.rearming);
    clearInterval(this.poller);
    this.disarm();
  }

  /** The watch of a deleted directory stays silent for ever. */
  private rearm(): void {
    if (this.watcher || this.poller) return;
    this.arm();
    if (this.watcher) this.changed();
  }

  private arm(): void {
    if (!existsSync(this.dir)) return;
    try {
      this.watcher = watch(this.dir, { persistent: false }, (_, name) => {
        // The directory's own name: it was deleted or moved.
        if (name === basename(this.dir)) this.disarm();
        // Kubernetes swaps the link `..data` and leaves the files' own names alone.
        if (name === null || isConfigFile(name) || name.startsWith('..')) this.changed();
      });
      this.watcher.on('error', () => this.poll());
    } catch {
      this.poll();
    }
  }

  private disarm(): void {
    this.watcher?.close();
    this.watcher = undefined;
  }

  private poll(): void {
    this.disarm();
    if (!this.reloading.pollerEnabled || this.poller) return;
    let last = fingerprint(this.dir);
    this.poller = setInterval(() => {
      const now = fingerprint(this.dir);
      if (now !== last) this.changed();
      last = now;
    }, this.reloading.pollerInterval).unref();
  }
}

function fingerprint(dir: string): string {
  try {
    const names = readdirSync(dir).filter(isConfigFile);
    return names.map((name) => [name, statSync(join(dir, name)).mtimeMs].join(':')).join(',');
  } catch {
    return '';
  }
}
