import { ForgeError } from '../errors';
import type { Dependency, Ecosystem, Edit, Manifest, Reader, Source, VersionFact } from '../model';
import type { AskedChange } from './change-manifest';
import { isSame, isSameBut } from './is-same';
import { leftBehind } from './left-behind';
import { readOnce } from './read-once';

interface Views {
  /** The workspace as it is. */
  readonly before: Reader;
  /** The workspace with all edits applied. */
  readonly after: Reader;
  readonly edits: readonly Edit[];
}

/** What all changes together ask for. */
interface Expected {
  readonly normalized: (name: string) => string;
  /** By normalised name: versions that requirements are moved to, and new versions of the packages themselves. */
  readonly versions: ReadonlyMap<string, string>;
  /** By the place of the literal, which several packages may share. */
  readonly versionAt: ReadonlyMap<string, string>;
}

interface Reading {
  readonly asked: AskedChange;
  readonly manifest: Manifest | null;
}

/**
 * Reads every manifest again as it would be. FORGE-M011 for each that differs in more or in less than was
 * asked, and whatever keeps one from being read at all.
 */
export function readBack(
  ecosystem: Ecosystem,
  asked: readonly AskedChange[],
  views: Views,
): readonly ForgeError[] {
  const readings: Reading[] = [];
  const problems: ForgeError[] = [];
  for (const each of asked) {
    const read = readOnce(ecosystem, each.source, views.before);
    if (read.ok) readings.push({ asked: each, manifest: read.value });
    else problems.push(...read.problems);
  }
  const expected = expectationOf(ecosystem, readings);
  const edited = new Set(views.edits.map(({ file }) => file));
  const concerned = readings.filter(({ asked: { source }, manifest }) =>
    [source.file, ...(manifest?.inputs ?? []), manifest?.version.file ?? ''].some((file) =>
      edited.has(file),
    ),
  );
  return [
    ...problems,
    ...concerned.flatMap((reading) => problemsOf(ecosystem, reading, expected, views)),
  ];
}

function expectationOf(ecosystem: Ecosystem, readings: readonly Reading[]): Expected {
  const normalized = (name: string): string => ecosystem.normalizeName(name);
  const versions = new Map<string, string>();
  const versionAt = new Map<string, string>();
  for (const { asked, manifest } of readings) {
    const { version, requirements = [] } = asked.change;
    for (const each of requirements) versions.set(normalized(each.name), each.version);
    if (version === undefined || !manifest) continue;
    versions.set(normalized(manifest.name), version);
    versionAt.set(placeOf(manifest.version), version);
  }
  return { normalized, versions, versionAt };
}

function placeOf({ file, via }: Pick<VersionFact, 'file' | 'via'>): string {
  return `${file}\0${via}`;
}

function problemsOf(
  ecosystem: Ecosystem,
  { asked: { source, stays = [] }, manifest: before }: Reading,
  expected: Expected,
  views: Views,
): readonly ForgeError[] {
  const edited = views.after.read(source.file) ?? source;
  const read = ecosystem.format.read(edited, views.after);
  if (!read.ok) return read.problems;
  const after = read.value;
  const wrong =
    before || after
      ? difference(ecosystem, before, after, expected)
      : differenceOfPlaces(ecosystem, [source, edited], expected, views);
  const where = { file: source.file };
  if (wrong !== undefined) return [new ForgeError('FORGE-M011', { what: wrong, where })];
  if (!before || !after) return [];
  return leftBehind(ecosystem, before, after, ({ name }) => {
    const normalized = expected.normalized(name);
    const staying = stays.find((each) => expected.normalized(each.name) === normalized);
    return expected.versions.get(normalized) ?? staying?.version;
  });
}

/** What differs beyond what was asked for; undefined when nothing does. */
function difference(
  ecosystem: Ecosystem,
  before: Manifest | null,
  after: Manifest | null,
  expected: Expected,
): string | undefined {
  if (!before || !after) return 'the edited file is no longer a manifest';
  const version = expected.versionAt.get(placeOf(before.version));
  // A version that stands nowhere (a tag decides it) was asked for, but is not written.
  const isWritten = before.version.value !== null;
  if (version !== undefined && isWritten && after.version.value !== version)
    return `the version reads back as \`${after.version.value}\` instead of \`${version}\``;
  if (!isRestSame(before, after, version, expected))
    return 'the edited manifest differs in more than was asked';
  return unsatisfied(ecosystem, before, after, expected);
}

/** Whether all that was not asked to change is the same. */
function isRestSame(
  before: Manifest,
  after: Manifest,
  version: string | undefined,
  expected: Expected,
): boolean {
  const asked = version === undefined ? undefined : 'value';
  return (
    isSame(
      { ...before, version: null, dependencies: null },
      { ...after, version: null, dependencies: null },
    ) &&
    isSameBut(before.version, after.version, asked) &&
    before.dependencies.length === after.dependencies.length &&
    before.dependencies.every((dependency, index) => {
      const other = after.dependencies[index];
      if (!other) return false;
      if (dependency.requirement === other.requirement) return isSame(dependency, other);
      const goesAlong = isOwnPin(dependency, before) && isOwnPin(other, after);
      const mayDiffer = goesAlong || mayMove(dependency, expected);
      return mayDiffer && isSameBut(dependency, other, 'requirement');
    })
  );
}

/** Pinned to the very version of the package itself: one release with it. */
function isOwnPin({ requirement }: Dependency, { version }: Manifest): boolean {
  return requirement !== null && requirement === version.value;
}

/** What is no package (a root that states requirements for its members) has no facts but places. */
function differenceOfPlaces(
  ecosystem: Ecosystem,
  [source, edited]: readonly [Source, Source],
  { normalized, versions, versionAt }: Expected,
  { before, after }: Views,
): string | undefined {
  const texts = (at: Source, reader: Reader): string | undefined => {
    const places = ecosystem.format.locate(at, reader);
    if (!places.ok) return undefined;
    const { version, requirements, untouched = [] } = places.value;
    const asked = requirements.map(({ name, text }) =>
      versions.has(normalized(name)) ? '*' : text,
    );
    // A root may hold the version that its members inherit.
    const inherited = version.map(({ file, via, text }) =>
      versionAt.has(placeOf({ file, via })) ? '*' : text,
    );
    return JSON.stringify([asked, inherited, untouched.map(({ text }) => text)]);
  };
  const known = texts(source, before);
  return known !== undefined && known === texts(edited, after)
    ? undefined
    : 'the edited file, which is no package, differs in more than was asked';
}

/** A requirement that cannot be edited may be the package's own version, and moves with it. */
function mayMove({ name, fixed }: Dependency, { normalized, versions }: Expected): boolean {
  return fixed !== undefined || versions.has(normalized(name));
}

/** A requirement that was moved and still does not take the version that it was moved for. */
function unsatisfied(
  { versions: { requirement } }: Ecosystem,
  before: Manifest,
  after: Manifest,
  { normalized, versions }: Expected,
): string | undefined {
  const wrong = after.dependencies.find(({ name, fixed, requirement: text }, index) => {
    if (text === null || fixed !== undefined) return false;
    if (text === before.dependencies[index]?.requirement) return false;
    const version = versions.get(normalized(name));
    if (version === undefined) return false;
    const satisfied = requirement.satisfies(text, version);
    // What is more than a requirement (`workspace:^1.2`) is the format's own business.
    return satisfied.ok && !satisfied.value;
  });
  if (!wrong) return undefined;
  const version = versions.get(normalized(wrong.name));
  return `\`${wrong.name}\` reads back as \`${wrong.requirement}\`, which \`${version}\` does not satisfy`;
}
