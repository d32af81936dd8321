import { consumerControlSubject } from '@usher/contracts/events/dead-letters.contract';
import { findSource } from './find-source.js';
import { openNats } from './find-nats.js';
import type { FilterFlags, NatsFlags } from './flags.js';
import { past } from './pages.js';
import { print, printJson, say } from './table.js';

export interface ReplayFlags extends FilterFlags, NatsFlags {
  from?: string;
  toConsumer: string;
}

/** `usher events replay`: hands past events to a running consumer again, whose handler sees them as `replayed`. */
export async function replay(flags: ReplayFlags): Promise<void> {
  const source = findSource(flags);
  const nats = await openNats(flags);
  const since = flags.from && !/^\d{1,20}$/.test(flags.from) ? timeOf(flags.from) : undefined;
  const after = since === undefined ? flags.from : undefined;
  let replayed = 0;
  let failed = 0;
  try {
    for await (const event of past(source, { ...flags, after })) {
      if (since !== undefined && Date.parse(event.time) < since) continue;
      const subject = consumerControlSubject(flags.toConsumer, 'replay');
      const answer = await nats.request(subject, JSON.stringify(event), { timeout: 30_000 });
      const { error } = answer.json<{ error?: string }>();
      if (error) say(`#${Number(event.sequence)} ${event.type} ${event.subject}: ${error}`);
      if (error) failed++;
      else replayed++;
    }
  } catch (error) {
    if (/no responders/i.test((error as Error).message)) throw new Error(`${flags.toConsumer} does not run`);
    throw error;
  } finally {
    await nats.close();
  }
  if (flags.json) printJson({ replayed, failed });
  else print(`${replayed} events were replayed to ${flags.toConsumer}, ${failed} failed\n`);
  if (failed) process.exitCode = 1;
}

function timeOf(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Error(`"${text}" is neither a cursor nor a time such as 2026-11-25T10:00:00Z`);
  return time;
}
