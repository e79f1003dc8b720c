import { posix } from 'node:path';
import { ForgeError, type Dependency, type Reader } from '@forge/ecosystems';
import type { PackageNode } from '../../graph/model';
import { readerOver, textOf } from '../../graph/reader-over';
import { placeIn, type Subject } from './subject';

/**
 * Packages that an artifact ships as source are built by whoever installs it, out of nothing but the artifact: what
 * they name has to be in it, or in a registry. FORGE-A014, and FORGE-A004 where the version got lost.
 */
export function shippedSourceProblems(subject: Subject): readonly ForgeError[] {
  if (subject.shipped.length === 0) return [];
  const reader = unpacked(subject);
  return subject.shipped.flatMap((node) => problemsOf(subject, node, reader));
}

function problemsOf(subject: Subject, shipped: PackageNode, reader: Reader): ForgeError[] {
  const file = posix.relative(subject.node.root, shipped.manifest.file);
  const source = reader.read(file);
  if (!source)
    return [unbuildable(subject, file, `\`${file}\`, of which it is built, is not in it`)];
  const read = shipped.ecosystem.format.read(source, reader);
  if (!read.ok)
    return read.problems.map((problem) => unbuildable(subject, file, problem.what, problem));
  if (read.value === null)
    return [unbuildable(subject, file, `\`${file}\` is no package any more`)];
  const { dependencies, version } = read.value;
  const lost = version.value !== shipped.manifest.version.value;
  return [
    ...(lost ? [otherVersion(subject, shipped, version.value)] : []),
    ...dependencies
      .filter((dependency) => needsRepository(dependency, reader, shipped))
      .map(({ name, path }) => {
        const why =
          path === undefined ? 'is only known inside the repository' : `stands at \`${path}\``;
        return unbuildable(subject, file, `\`${name}\`, which \`${file}\` needs, ${why}`);
      }),
  ];
}

/** Dev dependencies count as well: a path that leads nowhere stops a build before it looks at what it is for. */
function needsRepository(
  { path, internal }: Dependency,
  reader: Reader,
  { ecosystem }: PackageNode,
): boolean {
  if (path === undefined) return internal === true;
  if (path === '..' || path.startsWith('../') || posix.isAbsolute(path)) return true;
  const names = reader.list(path);
  return !ecosystem.manifests.some((pattern) =>
    names.some((name) =>
      pattern.startsWith('*') ? name.endsWith(pattern.slice(1)) : name === pattern,
    ),
  );
}

/** The package as whoever unpacks it finds it; nothing outside is there. */
function unpacked({ members, top }: Subject): Reader {
  const prefix = top === '' ? '' : `${top}/`;
  const files = members
    .filter(({ type, path }) => type === 'file' && path.startsWith(prefix))
    .map(({ path, content }) => [posix.normalize(path.slice(prefix.length)), content] as const);
  return readerOver(new Map(files.map(([path, content]) => [path, textOf(path, content)])));
}

function unbuildable(
  subject: Subject,
  file: string,
  why: string,
  { where, frame }: Partial<Pick<ForgeError, 'where' | 'frame'>> = {},
): ForgeError {
  const place = { ...where, file: placeIn(subject, file) };
  return new ForgeError('FORGE-A014', {
    what: `\`${subject.artifact.filename}\` cannot be built outside of the repository: ${why}`,
    where: place,
    ...(frame === undefined ? {} : { frame }),
  });
}

function otherVersion(
  { artifact }: Subject,
  { manifest }: PackageNode,
  found: string | null,
): ForgeError {
  const what = `\`${artifact.filename}\` ships \`${manifest.name}\` ${found ?? 'without a version'}, but the manifest says ${manifest.version.value}`;
  return new ForgeError('FORGE-A004', { what, where: { file: manifest.file } });
}
