import { posix } from 'node:path';
import type { Reader, Source } from '../../../model';

const title = /^-- This file has been generated from (\S+) by hpack\b/m;

/** The `package.yaml` that hpack would write this file from again; undefined where there is none (an unpacked sdist). */
export function templateOf(source: Source, reader: Reader): string | undefined {
  const name = title.exec(source.text.slice(0, 500))?.[1];
  if (name === undefined) return undefined;
  const directory = posix.dirname(source.file);
  return reader.list(directory).includes(name) ? posix.join(directory, name) : undefined;
}
