import { ForgeError } from '../../errors';
import { fail, ok, type Result } from '../../model';
import type { Distribution } from './distribution';
import { normalizeName } from './names';
import { partsOf } from './version-parts';
import { versions } from './versions';

/**
 * FORGE-A004 where the name of the file, or the directory inside it, says something else than the metadata: pip
 * refuses such a wheel, and takes a wrong name for the right one.
 */
export function agreed(filename: string, distribution: Distribution): Result<Distribution> {
  const { metadata, metadataPath } = distribution;
  const directory = metadataPath.split('/')[0] ?? '';
  const said = [
    { where: filename, ...distribution.filename },
    { where: directory, ...nameOf(directory) },
  ];
  const wrong = said.find(
    ({ name, version }) =>
      normalizeName(name) !== normalizeName(metadata.name) || !isSame(version, metadata.version),
  );
  if (!wrong) return ok(distribution);
  const what = `\`${filename}\` contradicts itself: \`${wrong.where}\` is about \`${wrong.name}\` ${wrong.version}, its metadata about \`${metadata.name}\` ${metadata.version}`;
  return fail(new ForgeError('FORGE-A004', { what }));
}

/** `demo-1.2.0.dist-info` of a wheel, `demo-1.2.0` of an sdist. */
function nameOf(directory: string): { readonly name: string; readonly version: string } {
  const [, name = directory, version = ''] =
    /^(.+)-([^-]+)$/.exec(directory.replace(/\.dist-info$/, '')) ?? [];
  return { name, version };
}

function isSame(one: string, other: string): boolean {
  if (!partsOf(one) || !partsOf(other)) return one === other;
  return versions.compare(one, other) === 0;
}
