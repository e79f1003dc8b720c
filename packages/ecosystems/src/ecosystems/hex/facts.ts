import { posix } from 'node:path';
import { ForgeError } from '../../errors';
import { fail, ok, type Manifest, type Reader, type Result, type Source } from '../../model';
import { located, locatedSpan } from '../../text';
import { erlangFacts } from './erlang-facts';
import type { Span } from './elixir/syntax';
import { findText } from './elixir/text-value';
import { findEmbeds } from './embeds';
import { placeOf, type Place } from './place';
import { projectOf, type Project } from './project';
import { stateDependency, type StatedDependency } from './stated-dependency';
import { isVersion } from './version-text';

/**
 * What a mix.exs says, with the places at which it says so. Reading, locating and planning all start here, so
 * that a place is looked for in one way.
 */
export interface Facts {
  readonly name: string;
  readonly version: Place;
  readonly dependencies: readonly StatedDependency[];
  readonly embeds: Manifest['embeds'];
  readonly inputs: readonly string[];
  readonly project: Project;
}

/** `null` for an umbrella root and for a file without a project. */
export function factsOf(source: Source, reader: Reader): Result<Facts | null> {
  const project = projectOf(source);
  if (!project.ok) return project;
  return project.value ? gather(source, project.value, reader) : ok(null);
}

function gather(source: Source, project: Project, reader: Reader): Result<Facts> {
  const erlang = erlangFacts(source, project, reader);
  if (!erlang.ok) return erlang;
  const own = statedVersion(source, project, reader);
  const version = own?.value === null ? (erlang.value.version ?? own) : own;
  const name = project.packageName ?? project.app ?? erlang.value.app;
  const problems = [
    ...(name ? [] : [unnamed(source, project)]),
    ...(version ? versionProblem(version) : [unversioned(source, project)]),
  ];
  if (!name || !version || problems.length > 0) return fail(...problems);
  const { embeds, inputs } = findEmbeds(project, posix.dirname(source.file), reader);
  const versionFile = version.source === source ? [] : [version.source.file];
  return ok({
    name,
    version,
    dependencies: [
      ...project.dependencies.map((entry) => stateDependency(entry, source, version, reader)),
      ...erlang.value.dependencies,
    ],
    embeds,
    inputs: [...new Set([...versionFile, ...erlang.value.inputs, ...inputs])],
    project,
  });
}

/** Where `version:` of a project is stated; undefined where there is none. */
export function statedVersion(source: Source, project: Project, reader: Reader): Place | undefined {
  if (!project.version) return undefined;
  return placeOf(findText(project.version, project.scope), { source, reader, via: 'version' });
}

function unnamed(source: Source, { appAt, at }: Project): ForgeError {
  if (!appAt) return missing(source, at, 'FORGE-M004', '`app:`');
  const what = 'the name of the application is computed when Mix runs';
  const fix = 'write it as a literal: `app: :my_app`';
  return new ForgeError('FORGE-M004', { what, fix, ...locatedSpan(source, appAt) });
}

function unversioned(source: Source, { at }: Project): ForgeError {
  return missing(source, at, 'FORGE-M005', '`version:`');
}

/** A key that every project must have is not there. */
function missing(
  source: Source,
  { start }: Span,
  code: 'FORGE-M004' | 'FORGE-M005',
  key: string,
): ForgeError {
  const what = `\`project/0\` of \`${source.file}\` has no ${key}`;
  return new ForgeError(code, { what, ...located(source, start) });
}

function versionProblem({ value, source, at }: Place): ForgeError[] {
  if (value === null || isVersion(value)) return [];
  const [line = ''] = value.split(/\r\n|\n|\r/);
  const what = `\`${line.slice(0, 80)}\` is not a version that Mix accepts`;
  return [new ForgeError('FORGE-M006', { what, ...locatedSpan(source, at) })];
}
