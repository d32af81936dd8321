import type { RequestContext } from '@usher/contracts/request-context';

/** Of a response, over the bus and over HTTP: `<subject>:<version>` of the last event of each subject that the request changed, parted by commas. */
export const CURSOR_HEADER = 'Usher-Cursor';

/** More than these are a bulk change, after which nobody waits for one user. */
const MOST = 16;

/** As a symbol it goes with every copy of a context inside of a process, and with none over the bus. */
const WRITES = Symbol('writes');

export type Writes = Map<string, number>;
type Carrier = RequestContext & { [WRITES]?: Writes };

/** Lets what is written on behalf of this context be noted. */
export function collectWrites<C extends RequestContext>(context: C, writes: Writes = new Map()): C {
  (context as Carrier)[WRITES] = writes;
  return context;
}

export function noteWrite(context: RequestContext, subject: string, version: number): void {
  const writes = (context as Carrier)[WRITES];
  if (writes && version > (writes.get(subject) ?? 0)) writes.set(subject, version);
}

/** Notes what another service wrote. */
export function noteCursor(context: RequestContext, cursor: string): void {
  for (const part of cursor.split(',')) {
    const [subject = '', version] = part.split(':');
    noteWrite(context, subject, Number(version));
  }
}

/** The header's value, or undefined when nothing was written. */
export function cursorOf(context: RequestContext): string | undefined {
  return formatCursor((context as Carrier)[WRITES]);
}

export function formatCursor(writes: Writes | undefined): string | undefined {
  if (!writes?.size || writes.size > MOST) return undefined;
  return [...writes].map(([subject, version]) => `${subject}:${version}`).join(',');
}
