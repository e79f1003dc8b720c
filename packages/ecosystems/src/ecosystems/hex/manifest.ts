import { posix } from 'node:path';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Dependency,
  type Manifest,
  type ManifestFormat,
  type Reader,
  type Result,
  type Source,
} from '../../model';
import { located } from '../../text';
import { isInUmbrella, kindOf, localPath, type DependencyEntry } from './dependency-entry';
import { findEmbeds } from './embeds';
import { missing, projectOf, type Project } from './project';
import { versionPlace, type VersionPlace } from './version-place';
import { isVersion } from './version-text';

/** Reading loads nothing but the parser; planning and the publishable form bring the version grammar with them. */
export const format: ManifestFormat = {
  read(source, reader) {
    const project = projectOf(source);
    if (!project.ok) return project;
    return project.value ? describe(source, project.value, reader) : ok(null);
  },
  plan: (source, change, reader) =>
    (require('./plan') as typeof import('./plan')).plan(source, change, reader),
  publishable: (source, manifest, context) =>
    (require('./publishable') as typeof import('./publishable')).publishable(
      source,
      manifest,
      context,
    ),
};

function describe(source: Source, project: Project, reader: Reader): Result<Manifest> {
  const place = versionPlace(source, project, reader);
  const name = project.packageName ?? project.app;
  const problems = [
    ...(name ? [] : [unnamed(source, project)]),
    ...(place ? versionProblem(place) : [missing(source, project, 'FORGE-M005', '`version:`')]),
  ];
  if (!name || !place || problems.length > 0) return fail(...problems);
  const directory = posix.dirname(source.file);
  const { embeds, inputs } = findEmbeds(project, directory, reader);
  const versionFile = 'source' in place && place.source !== source ? [place.source.file] : [];
  return ok({
    ecosystem: 'hex',
    file: source.file,
    name,
    version: versionFact(place, source),
    ...(project.hasMetadata ? {} : { private: 'no package metadata' }),
    dependencies: project.dependencies.map((entry) => dependencyOf(entry, directory)),
    embeds,
    inputs: [...versionFile, ...inputs],
  });
}

function unnamed(source: Source, project: Project): ForgeError {
  if (!project.appAt) return missing(source, project, 'FORGE-M004', '`app:`');
  const { start, end } = project.appAt;
  const what = 'the name of the application is computed when Mix runs';
  const fix = 'write it as a literal: `app: :my_app`';
  return new ForgeError('FORGE-M004', { what, fix, ...located(source, start, end - start) });
}

function versionFact(place: VersionPlace, source: Source): Manifest['version'] {
  if ('computed' in place)
    return { value: null, file: source.file, via: 'version', fixed: place.computed };
  const { value, via, fixed } = place;
  return { value, file: place.source.file, via, ...(fixed === undefined ? {} : { fixed }) };
}

function versionProblem(place: VersionPlace): ForgeError[] {
  if ('computed' in place || isVersion(place.value)) return [];
  const what = `\`${place.value}\` is not a version that Mix accepts`;
  const where = located(place.source, place.start, place.end - place.start);
  return [new ForgeError('FORGE-M006', { what, ...where })];
}

function dependencyOf(entry: DependencyEntry, directory: string): Dependency {
  const { name, app } = entry;
  const path = localPath(entry, directory);
  return {
    name,
    ...(app === name ? {} : { alias: app }),
    kind: kindOf(entry),
    section: 'deps',
    ...requirementOf(entry),
    ...(path === undefined ? {} : { path }),
    ...(isInUmbrella(entry) ? { internal: true } : {}),
  };
}

function requirementOf({
  requirement,
}: DependencyEntry): Pick<Dependency, 'requirement' | 'fixed'> {
  if (!requirement) return { requirement: null };
  if (requirement.from !== 'literal') return { requirement: null, fixed: 'it is not a literal' };
  const { form, value } = requirement.text;
  if (form === 'plain') return { requirement: value };
  const isReadable = form === 'sigil' && !value.includes('#{');
  return { requirement: isReadable ? value : null, fixed: `it is written as ${form} text` };
}
