import { posix } from 'node:path';
import { ForgeError } from '../../errors';
import {
  allFlat,
  fail,
  ok,
  type Edit,
  type Manifest,
  type PublishableContext,
  type Result,
  type Source,
} from '../../model';
import { editAt, locatedSpan } from '../../text';
import { kindOf, localPath, optionsOf, type DependencyEntry } from './dependency-entry';
import { statedVersion } from './facts';
import { projectOf, type Project } from './project';
import { requirements } from './requirement';

/** Options that only work inside the repository; `override` is one that Hex refuses in a package (Hex 2.5). */
const localOptions = new Set(['path', 'in_umbrella', 'override']);

/**
 * Local dependencies become requirements: the one that stands beside the path, else the usual one on the
 * version that the dependency has now. Dependencies for development alone stay: no user ever fetches them.
 */
export function publishable(
  source: Source,
  manifest: Manifest,
  context: PublishableContext,
): Result<readonly Edit[]> {
  const read = projectOf(source);
  if (!read.ok) return read;
  const project = read.value;
  if (!project) return ok([]);
  const local = project.dependencies.filter(
    (entry) =>
      kindOf(entry) !== 'dev' &&
      optionsOf(entry).some(({ key }) => key === 'path' || key === 'in_umbrella'),
  );
  return allFlat([
    ...local.map((entry) => asRequirement(source, entry, context)),
    ok(versionFromOutside(source, project, manifest, context)),
  ]);
}

function asRequirement(
  source: Source,
  entry: DependencyEntry,
  context: PublishableContext,
): Result<readonly Edit[]> {
  const path = localPath(entry, posix.dirname(source.file));
  const found = context.local({ name: entry.name, ...(path === undefined ? {} : { path }) });
  const requirement = requirementText(source, entry, found);
  if (requirement === undefined) {
    const what = `\`${entry.app}\` is given by a path and no package of this workspace stands there`;
    return refuse(source, entry, what);
  }
  const rename = found && found.name !== entry.name ? [`hex: :${found.name}`] : [];
  const kept = optionsOf(entry)
    .filter(({ key }) => !localOptions.has(key))
    .map(({ start, end }) => source.text.slice(start, end));
  const text = entryText(source, entry, requirement, [...kept, ...rename]);
  if (text === undefined)
    return refuse(source, entry, `\`${entry.app}\` has options beside its path`);
  const reason = `${entry.app} by path → ${requirement}`;
  return ok([editAt(source, entry.entry.start, entry.entry.end, text, reason)]);
}

function requirementText(
  source: Source,
  { requirementAt }: DependencyEntry,
  found: Manifest | undefined,
): string | undefined {
  if (requirementAt) return source.text.slice(requirementAt.start, requirementAt.end);
  const version = found?.version.value;
  return version ? `"${requirements.default(version)}"` : undefined;
}

/** Undefined where the keyword form `app: ...` would need room for options. */
function entryText(
  source: Source,
  { entry, head }: DependencyEntry,
  requirement: string,
  options: readonly string[],
): string | undefined {
  const name = source.text.slice(head.start, head.end);
  if (source.text[entry.start] === '{') return `{${[name, requirement, ...options].join(', ')}}`;
  return options.length === 0 ? `${name} ${requirement}` : undefined;
}

function refuse(source: Source, { entry }: DependencyEntry, what: string): Result<never> {
  const where = locatedSpan(source, entry);
  const fix = 'write the dependency as `{:app, "~> 1.0", path: "..."}`, with a requirement';
  return fail(new ForgeError('FORGE-A006', { what, fix, ...where }));
}

/** A version file outside the package's directory does not reach the user; the literal does. */
function versionFromOutside(
  source: Source,
  project: Project,
  manifest: Manifest,
  { reader }: PublishableContext,
): readonly Edit[] {
  const place = statedVersion(source, project, reader);
  if (!place || place.value === null || !project.version) return [];
  const inside = posix.relative(posix.dirname(manifest.file), place.source.file);
  if (place.source === source || !inside.startsWith('..')) return [];
  const { start, end } = project.version;
  return [editAt(source, start, end, `"${place.value}"`, `version from ${place.source.file}`)];
}
