import type { AuthEvent } from '@usher/auth-events';

const DIM = '\u001b[2m';
const PLAIN = '\u001b[0m';
const RED = '\u001b[31m';
const GREEN = '\u001b[32m';
const YELLOW = '\u001b[33m';

/** One line: time, cursor, type, subject with its version, who did it, and what changed. */
export function formatEvent(event: AuthEvent, colours: boolean): string {
  const paint = (colour: string, text: string): string => (colours ? colour + text + PLAIN : text);
  const { type, subject, subjectversion, actortype, actorid, data } = event;
  const who = actorid && actorid !== subject ? `${actortype} ${actorid}` : actortype;
  const name = typeof data.record.email === 'string' && data.record.email ? ` ${data.record.email}` : '';
  const changed = data.changed.length ? ` (${data.changed.join(', ')})` : '';
  return [
    paint(DIM, `${event.time.slice(0, 19).replace('T', ' ')} #${Number(event.sequence)}`),
    paint(colourOf(type), type.replace('auth.', '').padEnd(24)),
    `${subject}${name}`,
    paint(DIM, `v${subjectversion} by ${who}${changed}`),
  ].join('  ');
}

function colourOf(type: string): string {
  if (/created|confirmed|verified|enrolled|linked$/.test(type) && !type.endsWith('unlinked')) return GREEN;
  return /deleted|removed|revoked|failed|banned|unlinked|reuse/.test(type) ? RED : YELLOW;
}
