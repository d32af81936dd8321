import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { eventually } from '@usher/testing/eventually';

/** One program of `dist`, as an operator starts it. */
export class Program {
  private constructor(private readonly child: ChildProcess) {}

  /** Runs `dist/apps/<name>/main.js` with these settings and nothing else of this process's environment. */
  static start(name: string, settings: Record<string, string>): Program {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_OPTIONS: '', ...settings };
    return new Program(spawn(process.execPath, [path.resolve('dist/apps', name, 'main.js')], { env, stdio: 'ignore' }));
  }

  async stop(): Promise<number | null> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }
}

export async function untilHealthy(url: string): Promise<void> {
  await eventually(async () => (await fetch(`${url}/health`)).ok || undefined, { timeoutMs: 20_000 });
}
