import { digest, type TarEntry } from '../../archive';
import { ForgeError } from '../../errors';
import { fail, ok, type ArtifactContent, type Result } from '../../model';
import { fieldsOf, isTerms, pairOf, printTerm, tuple, type Term } from './erlang';
import { metadataOf } from './metadata';
import { openTarball } from './tarball';

/**
 * Files of the package, and its metadata as one member in a canonical order and spelling: Hex breaks lines
 * and writes what is not ASCII as numbers, we do neither. The list of files and the checksums only repeat
 * the rest.
 */
export function inspect(filename: string, bytes: Uint8Array): Result<ArtifactContent> {
  const opened = openTarball(bytes);
  if (!opened.ok) {
    const why = opened.problems.map(({ what }) => what).join('; ');
    const what = `\`${filename}\` is no artifact of this ecosystem: ${why}`;
    return fail(new ForgeError('FORGE-A003', { what }));
  }
  const { metadata, files } = opened.value;
  const { name, version } = metadataOf(metadata);
  const members = new Map([['metadata.config', digest('sha256', canonical(metadata))]]);
  for (const entry of files)
    if (entry.type !== 'directory') members.set(entry.name, digestOf(entry));
  return ok({ name, version, members });
}

function digestOf({ type, linkname, content }: TarEntry): string {
  return digest('sha256', type === 'symlink' ? `link to ${linkname ?? ''}` : content);
}

function canonical(metadata: readonly Term[]): string {
  const lines = [...fieldsOf(metadata)].flatMap(([key, value]) =>
    key === 'files' ? [] : [printTerm(tuple(key, ordered(value)))],
  );
  return lines.sort().join('\n');
}

/** Property lists by key, everything else as it is. */
function ordered(term: Term): Term {
  if (!isTerms(term)) return term;
  const inner = term.map((each) => {
    const pair = pairOf(each);
    return pair ? tuple(pair[0], ordered(pair[1])) : ordered(each);
  });
  return inner.length > 0 && inner.every(pairOf) ? sorted(inner) : inner;
}

function sorted(term: Term): Term {
  return isTerms(term) ? [...term].sort((a, b) => (printTerm(a) < printTerm(b) ? -1 : 1)) : term;
}
