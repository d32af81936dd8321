import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface ChildOptions {
  /** Signal that asks the program to end in good order. */
  stopSignal: 'INT' | 'TERM';
  /** Resolves the start once a line of the program's output matches. */
  ready: RegExp;
  /** The program's whole output of this run. */
  logFile: string;
  cwd?: string;
  uid?: number;
  gid?: number;
}

export interface Child {
  /** Asks the program to end, waits for it, and kills it when it takes longer than ten seconds. */
  stop(): Promise<void>;
  /** Resolves when the program is gone, whoever ended it. */
  exited: Promise<void>;
}

/** The program ended before it was ready; `output` holds its last lines. */
export class ChildFailed extends Error {
  constructor(
    command: string,
    readonly output: string,
  ) {
    super(`${command} ended before it was ready:\n${output}`);
  }
}

/**
 * A shell between us and the program, because Node cannot ask the kernel to end a child with its parent. The shell's
 * standard input is a pipe from us: it closes when we end, even by `kill -9`, and then the reader stops the program.
 * The signals are caught, so that a signal to a whole group of processes leaves the order of the shutdown to us.
 */
const SUPERVISOR = `
signal=$1; shift
exec 3<&0
trap : INT TERM HUP
"$@" </dev/null 3<&- &
program=$!
( trap '' INT TERM HUP; read -r line <&3; kill -s "$signal" "$program" ) >/dev/null 2>&1 &
reader=$!
while :; do
  wait "$program"; code=$?
  kill -0 "$program" 2>/dev/null || break
done
kill -KILL "$reader" 2>/dev/null
exit "$code"
`;

const STOP_DEADLINE_MS = 10_000;

/** Starts a server program that never outlives this process, and waits until it says that it is ready. */
export async function startChild(command: string, args: string[], options: ChildOptions): Promise<Child> {
  const shell = spawn('/bin/sh', ['-c', SUPERVISOR, 'sh', options.stopSignal, command, ...args], {
    cwd: options.cwd,
    uid: options.uid,
    gid: options.gid,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
    stdio: ['pipe', 'pipe', 'pipe'],
    // A group of its own: Ctrl-C in the terminal reaches only us, and we end the programs in the right order.
    detached: true,
  });
  shell.stdin.on('error', () => undefined);
  const exited = once(shell, 'exit').then(() => undefined);
  const log = createWriteStream(options.logFile, { mode: 0o600 });
  log.on('error', () => undefined);
  await untilReady(shell, command, options.ready, (line) => log.write(`${line}\n`));
  return { exited, stop: () => stop(shell, exited) };
}

function untilReady(shell: ChildProcess, command: string, ready: RegExp, write: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const last: string[] = [];
    for (const stream of [shell.stdout, shell.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        write(line);
        if (last.push(line) > 20) last.shift();
        if (ready.test(line)) resolve();
      });
    }
    shell.once('error', reject);
    // 'close' and not 'exit': by then the last words have been read.
    shell.once('close', () => reject(new ChildFailed(command, last.join('\n'))));
  });
}

async function stop(shell: ChildProcess, exited: Promise<void>): Promise<void> {
  if (shell.exitCode !== null || shell.signalCode !== null) return;
  shell.stdin?.end();
  const deadline = setTimeout(() => kill(shell), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(deadline);
}

function kill(shell: ChildProcess): void {
  if (shell.pid !== undefined) process.kill(-shell.pid, 'SIGKILL');
}
