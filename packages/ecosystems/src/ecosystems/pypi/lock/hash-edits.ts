import type { Edit, Source } from '../../../model';
import { decodeSource, editAt, parseToml, splice, type TomlTable } from '../../../text';
import { directoryOf } from '../local-path';
import { contentHashes } from './content-hash';
import type { LockFile } from './lock-file';

const written = /^content[-_]hash = "([^"\r\n]*)"/gm;

/**
 * The new hash of the manifest, in the lock file beside it. Only a hash that we find by one of the known ways is
 * replaced: one that is stale, or was made in another way, stays for its tool to judge.
 */
export function hashEdits(
  { source, directory }: LockFile,
  manifest: Source,
  edits: readonly Edit[],
): Edit[] {
  const own = edits.filter(({ file }) => file === manifest.file);
  if (own.length === 0 || directory !== directoryOf(manifest.file)) return [];
  const [match] = [...source.text.matchAll(written)].slice(-1);
  const [line, from = ''] = match ?? [];
  if (!match || line === undefined) return [];
  const before = parseToml(manifest);
  const after = before.ok ? edited(manifest, own) : undefined;
  const hash = before.ok ? contentHashes.find((each) => each(before.value) === from) : undefined;
  const to = after && hash?.(after);
  if (to === undefined || to === from) return [];
  const start = match.index + line.length - 1 - from.length;
  return [
    editAt(source, start, start + from.length, to, `${source.file}: hash of ${manifest.file}`),
  ];
}

function edited(manifest: Source, edits: readonly Edit[]): TomlTable | undefined {
  const bytes = splice(manifest, edits);
  const source = bytes.ok ? decodeSource(manifest.file, bytes.value) : bytes;
  const document = source.ok ? parseToml(source.value) : source;
  return document.ok ? document.value : undefined;
}
