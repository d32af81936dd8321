import { Readable } from 'node:stream';
import { CURSOR_HEADER, formatCursor } from '@usher/messaging/write-cursors';
import type { FastifyReply } from 'fastify';
import type { Answer } from './answer.js';

/** Writes an answer; as a Buffer, to which Fastify adds no charset. */
export function sendAnswer(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  reply.code(status).headers(headers);
  const cursor = formatCursor(reply.request.exchange.writes);
  if (cursor) reply.header(CURSOR_HEADER, cursor);
  if (!body) return reply.send();
  if (body instanceof Readable) return reply.send(body);
  return reply.send(Buffer.from(body.buffer, body.byteOffset, body.byteLength));
}
