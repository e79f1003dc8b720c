import type { ByteSpan } from '../store';

/**
 * The span that a `Range` header asks of `size` bytes: `undefined` for the whole (none, several or
 * malformed ranges, as RFC 9110 lets a server do), `unsatisfiable` for one beyond the end.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteSpan | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  return start > end ? 'unsatisfiable' : { start, end };
}
