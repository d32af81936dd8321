import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const MX = 15;
const A = 1;

/** What a name server knows of a host; 'fails' for a server failure, 'silent' for no answer. */
export type Zone = Record<string, { mx?: string; a?: string } | 'fails' | 'silent'>;

/** A name server on the loopback interface (RFC 1035), as far as MX and A records go. */
export async function startDnsServer(zone: Zone): Promise<{ address: string; stop(): void }> {
  const socket = createSocket('udp4');
  socket.on('message', (query, { port, address }) => {
    const answer = answerTo(query, zone);
    if (answer) socket.send(answer, port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { address: `127.0.0.1:${socket.address().port}`, stop: () => void socket.close() };
}

function answerTo(query: Buffer, zone: Zone): Buffer | undefined {
  const end = query.indexOf(0, 12) + 5;
  const known = zone[readName(query)];
  if (known === 'silent') return undefined;
  const data = known && known !== 'fails' ? dataOf(known, query.readUInt16BE(end - 4)) : undefined;
  const code = known === 'fails' ? 2 : known ? 0 : 3;
  const head = Buffer.from([...query.subarray(0, 2), 0x81, 0x80 | code, 0, 1, 0, data ? 1 : 0, 0, 0, 0, 0]);
  return Buffer.concat([head, query.subarray(12, end), data ?? Buffer.alloc(0)]);
}

function readName(query: Buffer): string {
  const labels: string[] = [];
  for (let at = 12; query[at]; at += query[at]! + 1) labels.push(query.toString('latin1', at + 1, at + 1 + query[at]!));
  return labels.join('.').toLowerCase();
}

function dataOf({ mx, a }: { mx?: string; a?: string }, type: number): Buffer | undefined {
  if (type === MX && mx) return record(MX, Buffer.concat([Buffer.from([0, 10]), writeName(mx)]));
  return type === A && a ? record(A, Buffer.from(a.split('.').map(Number))) : undefined;
}

function record(type: number, data: Buffer): Buffer {
  return Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]), data]);
}

function writeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  return Buffer.concat([...labels, Buffer.from([0])]);
}
