import { connect, type NatsConnection } from '@nats-io/transport-node';

/** Connects, also when the server comes up later than we do, and keeps reconnecting for ever. */
export function connectNats(options: { servers: string; name: string }): Promise<NatsConnection> {
  const url = new URL(options.servers.split(',')[0]!.replace(/^(?!\w+:\/\/)/, 'nats://'));
  return connect({
    servers: options.servers.split(',').map((server) => server.replace(/^(\w+:\/\/)[^@/]*@/, '$1')),
    user: decodeURIComponent(url.username) || undefined,
    pass: decodeURIComponent(url.password) || undefined,
    name: options.name,
    waitOnFirstConnect: true,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    // Stack traces of every request cost a third of the throughput.
    noAsyncTraces: true,
    ignoreAuthErrorAbort: true,
  });
}
