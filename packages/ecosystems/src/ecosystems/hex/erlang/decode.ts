import type { Term } from './term';

/** Deeper than any request of a client; keeps hostile input from the end of the stack. */
const maxDepth = 16;

type Reader = (bytes: Cursor, depth: number) => Term;

/**
 * What `:erlang.term_to_binary/1` writes of maps, lists, tuples, binaries, atoms and numbers, which is all that Hex
 * sends. Undefined for everything else: functions, references, compressed terms, and what is cut off.
 */
export function decodeTerm(bytes: Uint8Array): Term | undefined {
  const cursor = new Cursor(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    if (cursor.uint(1) !== 131) return undefined;
    const term = read(cursor, 0);
    return cursor.isAtEnd() ? term : undefined;
  } catch (error) {
    // A Buffer that is read behind its end, or a term that is none of the above.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** By tag (erts, "External Term Format"). Atoms: Erlang up to 25 writes Latin-1 (100), later ones UTF-8 (119). */
const readers: Readonly<Record<number, Reader>> = {
  70: (bytes) => bytes.take(8).readDoubleBE(),
  97: (bytes) => bytes.uint(1),
  98: (bytes) => bytes.take(4).readInt32BE(),
  100: (bytes) => ({ atom: bytes.take(bytes.uint(2)).toString('latin1') }),
  104: (bytes, depth) => ({ tuple: several(bytes, bytes.uint(1), depth) }),
  106: () => [],
  107: (bytes) => [...bytes.take(bytes.uint(2))],
  108: (bytes, depth) => {
    const items = several(bytes, bytes.uint(4), depth);
    // The tail; of a proper list it is the empty one.
    read(bytes, depth);
    return items;
  },
  109: (bytes) => bytes.take(bytes.uint(4)).toString('utf8'),
  116: (bytes, depth) => {
    const flat = several(bytes, bytes.uint(4) * 2, depth);
    return { map: flat.flatMap((key, at) => (at % 2 ? [] : [[key, flat[at + 1] ?? []] as const])) };
  },
  119: (bytes) => ({ atom: bytes.take(bytes.uint(1)).toString('utf8') }),
};

function read(bytes: Cursor, depth: number): Term {
  const reader = readers[bytes.uint(1)];
  if (!reader || depth > maxDepth) throw new RangeError('no term that is known here');
  return reader(bytes, depth + 1);
}

/** Each takes at least a byte, so a count that is too large ends with the bytes. */
function several(bytes: Cursor, count: number, depth: number): Term[] {
  const items: Term[] = [];
  while (items.length < count) items.push(read(bytes, depth));
  return items;
}

class Cursor {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  uint(size: number): number {
    return this.take(size).readUIntBE(0, size);
  }

  take(size: number): Buffer {
    const end = this.at + size;
    if (end > this.bytes.length) throw new RangeError('the term is cut off');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  isAtEnd(): boolean {
    return this.at === this.bytes.length;
  }
}
