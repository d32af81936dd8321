export type { ActorType, AuthEvent, EventData, EventOrigin, EventType, JsonObject } from './auth-event.js';
export { EVENT_TYPES } from './auth-event.js';
export { consume } from './consume.js';
export type {
  Bootstrap,
  Consumer,
  ConsumeOptions,
  ConsumerStats,
  ParkedEvent,
  ParkingAnswer,
  SubjectState,
  EventHandler,
  Delivery,
  Gap,
  HttpSource,
  InboxOptions,
  NatsSource,
} from './options.js';
export { waitFor } from './wait-for.js';
export type { WaitOptions, WaitTarget } from './wait-for.js';
export { fromMessage } from './from-message.js';
export { listEvents, FeedError } from './list-events.js';
export type { EventPage, ListQuery } from './list-events.js';
export type { RecordOf } from './record-of.js';
export type * from './records.js';
export { isEvent } from './is-event.js';
export type { AuthEventOf } from './is-event.js';
export { apiUrl } from './api-url.js';
