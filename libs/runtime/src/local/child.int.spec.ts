import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '@usher/testing/eventually';
import { testServers } from '@usher/testing/test-servers';
import { ChildFailed, startChild } from './child.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'usher-child-'));
  chmodSync(folder, 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
  }).then((open) => {
    socket.destroy();
    return open as boolean;
  });
}

/** Command lines of this machine that name our folder. */
function processesOfFolder(): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(folder));
}

async function holdServers(): Promise<{ parent: ChildProcess; ports: number[] }> {
  const program = path.resolve('dist/testing/hold-servers.js');
  const parent = spawn(process.execPath, [program, folder, testServers().natsServerBinary], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
  return { parent, ports: JSON.parse(line) as number[] };
}

describe('server programs that we start', () => {
  it('end when we are killed', async () => {
    const { parent, ports } = await holdServers();
    expect(await Promise.all(ports.map(isListening))).toEqual([true, true]);
    parent.kill('SIGKILL');
    await eventually(async () => !(await Promise.all(ports.map(isListening))).includes(true), { what: 'closed ports' });
    await eventually(() => processesOfFolder().length === 0, { what: 'the end of every process' });
  });

  it('end when the shell between us and them is killed, once we end too', async () => {
    const { parent, ports } = await holdServers();
    const shells = processesOfFolder().filter((line) => line.includes('/bin/sh'));
    const parents = shells.map((line) => Number.parseInt(line, 10));
    for (const pid of parents) if (parentOf(pid) === parent.pid) process.kill(pid, 'SIGKILL');
    parent.kill('SIGKILL');
    await eventually(async () => !(await Promise.all(ports.map(isListening))).includes(true), { what: 'closed ports' });
    await eventually(() => processesOfFolder().length === 0, { what: 'the end of every process' });
  });

  it('report their last words when they end before they are ready', async () => {
    const options = { stopSignal: 'TERM', ready: /ready/, logFile: path.join(folder, 'log') } as const;
    const failed = startChild('/bin/sh', ['-c', 'echo one; echo two >&2; exit 3'], options);
    await expect(failed).rejects.toBeInstanceOf(ChildFailed);
    await expect(failed).rejects.toMatchObject({ output: expect.stringMatching(/one/) });
    await expect(failed).rejects.toMatchObject({ output: expect.stringMatching(/two/) });
  });

  it('are told to stop by their signal, and stop() waits for them', async () => {
    const script = 'trap "echo bye; exit 0" TERM; echo ready; while :; do sleep 0.02; done';
    const options = { stopSignal: 'TERM', ready: /ready/, logFile: path.join(folder, 'log') } as const;
    const child = await startChild('/bin/sh', ['-c', script], options);
    await child.stop();
    await child.exited;
    await child.stop();
  });
});

function parentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
}
