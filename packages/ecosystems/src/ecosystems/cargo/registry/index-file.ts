import type { Json, StoredPackage, StoredVersion } from '../../../model';

/** A dependency as the index spells it. Publishing spells it otherwise: see `indexDependency`. */
export interface IndexDependency {
  readonly [key: string]: Json;
  readonly name: string;
  readonly req: string;
  readonly features: readonly string[];
  readonly optional: boolean;
  readonly default_features: boolean;
  readonly target: string | null;
  readonly kind: string;
  readonly registry: string | null;
  readonly package: string | null;
}

/** Directory of a crate in an index: `1/a`, `2/ab`, `3/a/abc`, `ab/cd/abcdef`, all lower case. */
export function indexPath(name: string): string {
  const key = name.toLowerCase();
  if (key.length <= 2) return `${key.length}/${key}`;
  if (key.length === 3) return `3/${key[0]}/${key}`;
  return `${key.slice(0, 2)}/${key.slice(2, 4)}/${key}`;
}

/** One line of JSON per version. Everything but the digest and the yank was fixed when it was published. */
export function renderIndexFile({ versions }: StoredPackage): string {
  return versions.map((version) => `${JSON.stringify(lineOf(version))}\n`).join('');
}

function lineOf({ metadata, files, yanked }: StoredVersion): Json {
  const { index } = metadata as { readonly index: { readonly [key: string]: Json } };
  return { ...index, cksum: files[0]?.sha256 ?? '', yanked };
}

/** The facts of one line that a reader of the index needs here. */
export interface IndexLine {
  readonly vers: string;
  readonly cksum: string;
  readonly yanked: boolean;
}

/** The same with the crate's name, and the line as it stands. */
export interface NamedLine extends IndexLine {
  readonly name: string;
  readonly line: string;
}

/** Lines that are no JSON objects with a version and a digest are left out, as cargo does. */
export function parseIndexFile(text: string): IndexLine[] {
  return text.split('\n').flatMap((line) => {
    const value = parseLine(line);
    if (typeof value?.vers !== 'string' || typeof value.cksum !== 'string') return [];
    return [{ vers: value.vers, cksum: value.cksum, yanked: value.yanked === true }];
  });
}

/** Those that say a name, too, which all of a registry do. */
export function parseIndexLines(text: string): NamedLine[] {
  return text.split('\n').flatMap((line) => {
    const name = parseLine(line)?.name;
    return parseIndexFile(line).flatMap((found) =>
      typeof name === 'string' ? [{ ...found, name, line }] : [],
    );
  });
}

function parseLine(line: string): Partial<NamedLine> | null {
  try {
    return line.trim() === '' ? null : (JSON.parse(line) as Partial<NamedLine> | null);
  } catch {
    // cargo 1.95 skips lines it cannot parse, so that a newer index format breaks no older client.
    return null;
  }
}
