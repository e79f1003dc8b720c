import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** As the parser of node throws it. */
interface ParserError extends Error {
  readonly code?: string;
  /** What llhttp says of the bytes. */
  readonly reason?: string;
}

/** Answers bytes that are no request, of which no route ever hears, and ends the connection. */
export function answerMalformed(error: ParserError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (!socket.writable) return void socket.destroy();
  const [status, why] = verdictOn(error);
  const body = JSON.stringify({ error: why });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'x-content-type-options: nosniff',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function verdictOn({ code, reason }: ParserError): readonly [status: number, why: string] {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return [408, 'the request took too long to arrive'];
  if (code === 'HPE_HEADER_OVERFLOW') return [431, 'the head of the request is too large'];
  return [400, `the request is not HTTP: ${reason ?? 'it cannot be read'}`];
}
