import { connect, type Socket } from 'node:net';

/** What came back over a connection to which bytes were written as they are. */
export interface RawAnswer {
  /** Of the first answer; 0 if the connection ended without one. */
  readonly status: number;
  /** Of all answers, in order: more than one where a request hid in another. */
  readonly statuses: readonly number[];
  readonly text: string;
  /** Whether the server ended the connection. */
  readonly isClosed: boolean;
}

export interface RawOptions {
  /** Waits for the server to end the connection rather than for silence after an answer. */
  readonly untilClosed?: boolean;
  /** Ends our half after the last byte. */
  readonly end?: boolean;
  /** Milliseconds until the connection is given up. */
  readonly timeoutMs?: number;
}

const silenceMs = 15;

/** Writes chunks to a server, waits for its answer, and ends the connection. */
export async function sendRaw(
  url: string,
  chunks: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>,
  { untilClosed = false, end = false, timeoutMs = 20_000 }: RawOptions = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const answer = listen(socket, untilClosed, timeoutMs);
  // Who is refused in the middle of a long body finds the connection ended.
  socket.on('error', () => socket.destroy());
  for await (const chunk of chunks) if (!(await write(socket, chunk))) break;
  if (end) socket.end();
  return answer.finally(() => socket.destroy());
}

/** False when the connection is gone. */
function write(socket: Socket, chunk: string | Uint8Array): Promise<boolean> {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk;
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve(false);
    const gone = () => resolve(false);
    socket.once('close', gone);
    socket.write(bytes, (error) => {
      socket.off('close', gone);
      resolve(!error);
    });
    return undefined;
  });
}

function listen(socket: Socket, untilClosed: boolean, timeoutMs: number): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let text = '';
    let silence: NodeJS.Timeout | undefined;
    const finish = (isClosed: boolean) => {
      clearTimeout(silence);
      clearTimeout(late);
      const lines = text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm);
      const statuses = [...lines].map(([, code]) => Number(code)).filter((code) => code !== 100);
      resolve({ status: statuses[0] ?? 0, statuses, text, isClosed });
    };
    const late = setTimeout(() => finish(false), timeoutMs);
    socket.on('data', (data) => {
      text += data.toString('latin1');
      clearTimeout(silence);
      if (!untilClosed) silence = setTimeout(() => finish(false), silenceMs);
    });
    socket.on('close', () => finish(true));
  });
}

/** The head of a request as it goes over the wire, with an empty line at its end. */
export function headOf(line: string, headers: readonly string[] = []): string {
  return [`${line} HTTP/1.1`, 'Host: 127.0.0.1', ...headers, '', ''].join('\r\n');
}
