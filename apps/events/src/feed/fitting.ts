/** nats-server's default. */
const DEFAULT_PAYLOAD = 1_048_576;
/** For what stands around the events. */
const RESERVE = 1_024;

/** As many of the texts as one message of the bus can hold, at least the first. */
export function fitting(texts: string[], maxPayload = DEFAULT_PAYLOAD): { texts: string[]; whole: boolean } {
  let room = maxPayload - RESERVE;
  const end = texts.findIndex((text, n) => (room -= Buffer.byteLength(text) + 1) < 0 && n > 0);
  return end < 0 ? { texts, whole: true } : { texts: texts.slice(0, end), whole: false };
}
