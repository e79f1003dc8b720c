import { deflateRawSync } from 'node:zlib';
import { gzip } from '../../archive';
import type { HostileBytes } from './hostile-upload';
import { rawTar, type RawEntry } from './raw-tar';

/** Bytes that a small bomb unpacks to. */
export const bombBytes = 80 * 1024 ** 2;

let zeros: Uint8Array | undefined;

/** 80 MiB in 80 KB, packed once. */
function bomb(entries: readonly RawEntry[]): Uint8Array {
  return gzip(rawTar([...entries, { name: 'zeros', content: Buffer.alloc(bombBytes) }]));
}

/** Packed in all the ways that are none; `tar` is sound. */
export function hostileGzips(tar: Uint8Array, random: () => number): HostileBytes[] {
  const whole = Buffer.from(gzip(tar));
  const cuts = Array.from({ length: 12 }, () => Math.floor(random() * (whole.length - 1)));
  // Behind the header, in front of the length: what the checksum is of, and the checksum.
  const flips = Array.from({ length: 16 }, () => 10 + Math.floor(random() * (whole.length - 14)));
  zeros ??= bomb([]);
  return [
    { what: 'a tar that is not packed', bytes: tar },
    { what: 'packed twice', bytes: gzip(whole) },
    { what: 'deflated without a header', bytes: deflateRawSync(tar) },
    { what: 'a header of gzip alone', bytes: whole.subarray(0, 10) },
    { what: 'a bomb', bytes: zeros },
    { what: 'a bomb in a bomb', bytes: gzip(zeros) },
    { what: 'a wrong length at the end', bytes: changed(whole, whole.length - 4) },
    ...[...new Set(cuts)].map((at) => ({ what: `cut at ${at}`, bytes: whole.subarray(0, at) })),
    ...[...new Set(flips)].map((at) => ({ what: `changed at ${at}`, bytes: changed(whole, at) })),
  ];
}

export function changed(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
}
