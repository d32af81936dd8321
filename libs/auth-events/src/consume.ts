import { consumeHttp } from './consume-http.js';
import { consumeNats } from './consume-nats.js';
import type { Consumer, ConsumeOptions } from './options.js';

/**
 * Hands each event to `handler`, those of one subject in order, until `stop()`. An event is delivered again until the handler's transaction has
 * committed, and its effect happens once.
 * Resolves when the source was reached and the inbox table stands.
 */
export function consume(options: ConsumeOptions): Promise<Consumer> {
  return 'servers' in options ? consumeNats(options) : consumeHttp(options);
}
