import {
  ForgeError,
  readOnce,
  type Ecosystem,
  type Manifest,
  type Reader,
} from '@forge/ecosystems';
import { manifestMatcher } from './manifest-files';
import type { BrokenManifest } from './model';
import { byCodeUnit, directoryOf } from './paths';

/** One manifest with the ecosystem that read it, before roles and names are known. */
export interface ReadManifest {
  readonly manifest: Manifest;
  readonly ecosystem: Ecosystem;
  readonly root: string;
}

export interface ReadManifests {
  readonly manifests: readonly ReadManifest[];
  readonly broken: readonly BrokenManifest[];
}

/** Reads every manifest among `files`, sorted by path. A broken one is a value and stops nothing. */
export function readManifests(
  files: readonly string[],
  ecosystems: readonly Ecosystem[],
  reader: Reader,
): ReadManifests {
  const matches = manifestMatcher(ecosystems);
  const manifests: ReadManifest[] = [];
  const broken: BrokenManifest[] = [];
  for (const file of [...new Set(files)].sort(byCodeUnit)) {
    const ecosystem = matches(file);
    if (!ecosystem) continue;
    const root = directoryOf(file);
    const read = readOne(file, ecosystem, reader);
    if (!read.ok) broken.push({ file, root, ecosystem, problems: read.problems });
    else if (read.value) manifests.push({ manifest: read.value, ecosystem, root });
  }
  return { manifests, broken };
}

function readOne(
  file: string,
  ecosystem: Ecosystem,
  reader: Reader,
): ReturnType<Ecosystem['format']['read']> {
  const source = reader.read(file);
  const isForeign = source?.encoding === 'latin1' && !ecosystem.toleratesLatin1;
  if (!source || isForeign) {
    const why = source ? 'is not valid UTF-8' : 'cannot be read as text';
    const problem = new ForgeError('FORGE-M003', { what: `\`${file}\` ${why}`, where: { file } });
    return { ok: false, problems: [problem] };
  }
  return readOnce(ecosystem, source, reader);
}
