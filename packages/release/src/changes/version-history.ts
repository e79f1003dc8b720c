import type { History } from '../effects/history';
import type { PackageNode } from '../graph/model';
import { readerOver, textOf } from '../graph/reader-over';

const atOnce = 64;

/**
 * The commit in which a package got a version: the oldest of the latest commits that all have it. Undefined when
 * none of the commits that touched its manifest or its version file has it.
 */
export async function commitOfVersion(
  node: PackageNode,
  version: string,
  history: History,
): Promise<string | undefined> {
  const { manifest, ecosystem } = node;
  const commits = await history.commitsOf([...new Set([manifest.file, manifest.version.file])]);
  let found: string | undefined;
  for (let at = 0; at < commits.length; at += atOnce) {
    const some = commits.slice(at, at + atOnce);
    for (const [index, then] of (await versionsAt(node, some, history)).entries()) {
      const isIt = then !== null && ecosystem.versions.compare(then, version) === 0;
      if (isIt) found = some[index];
      else if (found !== undefined) return found;
    }
  }
  return found;
}

async function versionsAt(
  { manifest, ecosystem }: PackageNode,
  commits: readonly string[],
  history: History,
): Promise<(string | null)[]> {
  const paths = [...new Set([manifest.file, manifest.version.file, ...manifest.inputs])];
  const contents = await history.read(
    commits.flatMap((commit) => paths.map((path) => ({ commit, path }))),
  );
  return commits.map((_, index) => {
    const own = contents.slice(index * paths.length, (index + 1) * paths.length);
    const reader = readerOver(new Map(paths.map((path, at) => [path, textOf(path, own[at])])));
    const source = reader.read(manifest.file);
    const read = source && ecosystem.format.read(source, reader);
    return read?.ok ? (read.value?.version.value ?? null) : null;
  });
}
