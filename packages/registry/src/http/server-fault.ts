import type { FastifyReply } from 'fastify';

/** What is said of bytes that do not come after all, and for how long they may be kept. */
const ofTheBytes = [
  ...['content-type', 'content-length', 'content-range', 'accept-ranges'],
  ...['cache-control', 'etag', 'repr-digest'],
];

/** 500, which nobody keeps for what was asked for. What goes wrong is told to the log alone. */
export function serverFault(reply: FastifyReply): FastifyReply {
  for (const name of ofTheBytes) {
    reply.removeHeader(name);
    // Where the answer was to be a stream, fastify 5 has handed its headers on already.
    if (!reply.raw.headersSent) reply.raw.removeHeader(name);
  }
  return reply.code(500);
}

export const hiddenFault = 'the server failed; its log says more';
