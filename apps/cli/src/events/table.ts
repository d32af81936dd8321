/** Rows below a head, columns as wide as they must be, numbers to the right. */
export function table(head: string[], rows: (string | number)[][]): string {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, n) => Math.max(...lines.map((line) => line[n]?.length ?? 0)));
  const numeric = head.map((_, n) => rows.length > 0 && rows.every((row) => typeof row[n] === 'number'));
  return lines
    .map((line) => line.map((cell, n) => (numeric[n] ? cell.padStart(widths[n]!) : cell.padEnd(widths[n]!))).join('  '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

export function print(text: string): void {
  process.stdout.write(text);
}

export function printJson(value: unknown): void {
  print(`${JSON.stringify(value)}\n`);
}

/** To people only: what a pipe shall not hold. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
