import { DeliverPolicy, jetstream } from '@nats-io/jetstream';
import type { Consumer, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { AuthEvent } from './auth-event.js';

/** From then on the stream itself is searched. */
const SEARCH_AFTER_DELIVERIES = 3;

/**
 * Whether an earlier event of the same subject may yet be delivered: one that failed, or that a killed process had in hand. If nothing before the
 * message waits for its acknowledgement, or what waits is of other subjects, it was lost to retention.
 */
export async function isStillToCome(
  connection: NatsConnection,
  consumer: Consumer,
  event: AuthEvent,
  message: JsMsg,
): Promise<boolean> {
  const { ack_floor, config, stream_name } = await consumer.info(false);
  const [from, until] = [ack_floor.stream_seq + 1, message.info.streamSequence];
  if (from >= until) return false;
  if (message.info.deliveryCount < SEARCH_AFTER_DELIVERIES) return true;
  const search = await jetstream(connection).consumers.get(stream_name, {
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: from,
    headers_only: true,
    ...(config.filter_subject ? { filter_subjects: config.filter_subject } : {}),
  });
  const found = await search.fetch({ max_messages: until - from + 1, expires: 5_000 });
  for await (const { info, headers } of found) {
    if (info.streamSequence >= until) return false;
    if (headers?.get('ce-subject') === event.subject) return true;
  }
  return false;
}
