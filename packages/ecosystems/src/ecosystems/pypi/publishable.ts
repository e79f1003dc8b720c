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
import {
  editAt,
  locatedSpan,
  tomlSpans,
  type TomlPath,
  type TomlReplacement,
  type TomlSpans,
} from '../../text';
import type { Declared } from './dependencies';
import { normalizeName } from './names';
import { readProject } from './read-manifest';
import { requirement } from './requirement';

/**
 * What a build would write into the metadata although no index can serve it: path dependencies of Poetry, and
 * `name @ file:…`. `tool.uv.sources` needs nothing: only uv reads it, and never for the metadata.
 */
export function publishable(
  source: Source,
  _manifest: Manifest,
  { reader, local }: PublishableContext,
): Result<readonly Edit[]> {
  const read = readProject(source, reader);
  if (!read.ok) return read;
  if (read.value === null) return ok([]);
  const { declared } = read.value.declarations;
  const spans = tomlSpans(source);
  // Poetry 2: beside `project.dependencies` its own table only says where to find them while locking.
  const standard = new Set(
    declared
      .filter(({ dependency }) => dependency.section.startsWith('project.'))
      .map(({ dependency }) => normalizeName(dependency.name)),
  );
  return allFlat(
    declared
      .filter(({ dependency }) => dependency.kind !== 'dev' && dependency.path !== undefined)
      .filter(({ dependency, reference }) =>
        reference
          ? true
          : isPoetry(dependency.section) && !standard.has(normalizeName(dependency.name)),
      )
      .map((each) => toRequirement(source, spans, each, local(each.dependency))),
  );
}

function isPoetry(section: string): boolean {
  return section.startsWith('tool.poetry.');
}

function toRequirement(
  source: Source,
  spans: TomlSpans,
  declared: Declared,
  target: Manifest | undefined,
): Result<readonly Edit[]> {
  const { dependency, at } = declared;
  const version = target?.version.value ?? null;
  if (version === null) return fail(notServed(source, spans, declared));
  const text = requirement.default(version);
  const reason = `${dependency.name} ${dependency.path} → ${text}`;
  const replacements = declared.reference
    ? referenceReplacement(spans, declared, text)
    : poetryReplacements(spans, at, text);
  if (replacements.length === 0) return fail(notServed(source, spans, declared));
  return ok(
    replacements.map(({ start, end, newText }) => editAt(source, start, end, newText, reason)),
  );
}

/** `core[x] @ file:../core ; marker` keeps its name, extras and marker. */
function referenceReplacement(
  spans: TomlSpans,
  { at, reference }: Declared,
  text: string,
): TomlReplacement[] {
  const span = spans.find(at);
  if (!span || span.escaped || !reference?.url) return [];
  const start = span.contentStart + reference.nameEnd;
  return [{ start, end: span.contentStart + reference.url.end, newText: text }];
}

/** `path` becomes `version`; `develop` has a meaning for paths only. */
function poetryReplacements(spans: TomlSpans, at: TomlPath, text: string): TomlReplacement[] {
  const path = spans.exchange([...at, 'path'], 'version', `"${text}"`);
  const develop = spans.removal([...at, 'develop']);
  return path ? [path, ...(develop ? [develop] : [])] : [];
}

function notServed(source: Source, spans: TomlSpans, { dependency, at }: Declared): ForgeError {
  const what = `\`${dependency.name}\` is given by the path \`${dependency.path}\`, which no index can serve`;
  const fix = 'let the path name a package of this workspace that has a version';
  return new ForgeError('FORGE-A006', { what, fix, ...locatedSpan(source, spans.find(at)) });
}
