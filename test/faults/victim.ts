import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');

export async function bundleVictims(): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(root, 'test/faults/bundle.mjs')]);
}

/** A program that can be killed at any moment and started again. */
export class Victim {
  private child?: ChildProcess;

  constructor(
    private readonly program: 'events' | 'consumer' | 'tokens',
    private readonly args: string[],
    private readonly env: Record<string, string>,
  ) {}

  start(): void {
    this.child = spawn(process.execPath, [path.join(root, `dist/faults/${this.program}.js`), ...this.args], {
      env: { PATH: process.env.PATH, ...this.env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }
}
