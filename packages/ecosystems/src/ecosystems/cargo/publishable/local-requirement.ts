import { posix } from 'node:path';
import { ForgeError } from '../../../errors';
import type { PublishableContext, Source } from '../../../model';
import { locatedSpan, tomlSpans, type TomlPath } from '../../../text';
import {
  definitionOf,
  fieldOf,
  localPath,
  registryName,
  type DependencyEntry,
} from '../manifest/dependencies';
import { versions } from '../versions';

/** The usual requirement on the version that a path dependency has in this workspace. */
export function localRequirement(
  source: Source,
  entry: DependencyEntry,
  { local }: Pick<PublishableContext, 'local'>,
): string | undefined {
  const path = localPath(entry, posix.dirname(source.file));
  if (path === undefined) return undefined;
  const version = local({ name: registryName(entry), path })?.version.value;
  return version === null || version === undefined
    ? undefined
    : versions.requirement.default(version);
}

/** FORGE-A006 at the dependency: given by git alone, or by the path of something that is no package here. */
export function unservable(source: Source, entry: DependencyEntry): ForgeError {
  const where = fieldOf(definitionOf(entry), 'path');
  const how = where === undefined ? 'without a version' : `only by the path \`${where}\``;
  const what = `\`${entry.key}\` in \`${entry.section}\` is given ${how}, which no registry can serve`;
  const span = firstSpan(source, entry.path);
  return new ForgeError('FORGE-A006', { what, ...locatedSpan(source, span) });
}

function firstSpan(
  source: Source,
  path: TomlPath,
): { readonly start: number; readonly end: number } | undefined {
  const spans = tomlSpans(source);
  return spans.find(path) ?? spans.header(path) ?? spans.find([...path, 'path']);
}
