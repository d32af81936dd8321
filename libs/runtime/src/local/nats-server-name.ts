import { connect } from 'node:net';

const DEADLINE_MS = 500;

/** The name that a nats-server on this loopback port gives itself; undefined when there is none. */
export function natsServerName(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let greeting = '';
    const socket = connect(port, '127.0.0.1');
    const answer = (name: string | undefined): void => {
      socket.destroy();
      resolve(name);
    };
    socket.setTimeout(DEADLINE_MS, () => answer(undefined));
    socket.on('error', () => answer(undefined));
    socket.on('close', () => resolve(undefined));
    socket.on('data', (chunk) => {
      greeting += chunk.toString('utf8');
      if (greeting.includes('\r\n')) answer(/"server_name":"([^"]+)"/.exec(greeting)?.[1]);
    });
  });
}
