import { gzip } from '../../archive';
import { hostileGzips } from './gzips';
import type { HostileBytes } from './hostile-upload';
import { hostileTars, rawTarOf, type SoundTar } from './tars';

export function rawTarGzOf(tar: SoundTar): Uint8Array {
  return gzip(rawTarOf(tar));
}

/** Hostile tars in sound gzips, and a sound tar in hostile ones. */
export function hostileTarGzs(sound: SoundTar, random: () => number): HostileBytes[] {
  return [
    ...hostileTars(sound, random).map(({ what, bytes }) => ({ what, bytes: gzip(bytes) })),
    ...hostileGzips(rawTarOf(sound), random),
  ];
}
