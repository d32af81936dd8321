/** Closes what was opened, in reverse order. */
export class CloseStack {
  private readonly items: { close(): unknown }[] = [];

  use<T extends { close(): unknown }>(item: T): T {
    this.items.push(item);
    return item;
  }

  async close(): Promise<void> {
    for (const item of this.items.reverse()) await item.close();
    this.items.length = 0;
  }
}

const DRAIN_MS = 60_000;

/**
 * Starts something, waits for SIGTERM, SIGINT or SIGHUP, and closes everything. A failed start is one sentence on stderr and exit code 1, with
 * nothing left running. Further signals change nothing: npm forwards a Ctrl-C that the terminal has sent already.
 */
export async function untilStopped(start: (stack: CloseStack) => Promise<void>): Promise<void> {
  const stack = new CloseStack();
  const signal = new Promise<void>((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => resolve());
  });
  try {
    await Promise.race([start(stack), signal]);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stack.close().catch(() => undefined);
    process.exit(1);
  }
  await signal;
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  await stack.close();
  process.exit(0);
}
