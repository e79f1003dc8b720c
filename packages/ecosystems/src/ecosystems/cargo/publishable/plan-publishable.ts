import {
  allFlat,
  fail,
  ok,
  type Edit,
  type Manifest,
  type PublishableContext,
  type Result,
  type Source,
} from '../../../model';
import { editAt, parseToml, tomlSpans } from '../../../text';
import {
  definitionOf,
  dependencyEntries,
  fieldOf,
  registryName,
  type DependencyEntry,
} from '../manifest/dependencies';
import { inheritedFields, writeOutDependency } from './inherited-dependency';
import { localRequirement, unservable } from './local-requirement';
import { standAlone } from './stand-alone';
import { findWorkspace } from '../manifest/workspace';

/**
 * `cargo package` itself drops `path` and inheritance. What it refuses is a dependency by path alone: that
 * one gets the usual requirement on the version which it has here.
 */
export function planPublishable(
  source: Source,
  manifest: Manifest,
  context: PublishableContext,
): Result<readonly Edit[]> {
  const parsed = parseToml(source);
  if (!parsed.ok) return parsed;
  const root = findWorkspace(source, parsed.value, context.reader);
  if (context.shippedIn !== undefined)
    return standAlone(source, parsed.value, root, { ...context, shippedIn: context.shippedIn });
  // What is never published needs no form that a registry can serve.
  if (manifest.private !== undefined) return ok([]);
  const entries = dependencyEntries(parsed.value, root);
  return allFlat(
    entries.map((entry) =>
      entry.kind === 'dev' ? ok(withoutVersion(source, entry)) : addVersion(source, entry, context),
    ),
  );
}

/**
 * cargo drops a dev-dependency that has a path and no version, and resolves one that has both: publishing
 * would wait for a package that may come later (dev edges are no part of the order) or never.
 */
function withoutVersion(source: Source, entry: DependencyEntry): readonly Edit[] {
  const definition = definitionOf(entry);
  if ([fieldOf(definition, 'path'), fieldOf(definition, 'version')].includes(undefined)) return [];
  const spans = tomlSpans(source);
  const fields = inheritedFields(source, entry);
  fields.delete('version');
  const replacements = entry.inherited
    ? writeOutDependency(entry, fields, spans)
    : [spans.removal([...entry.path, 'version'])];
  const reason = `${registryName(entry)}: a dev-dependency by path alone, which is not published`;
  return replacements.flatMap((at) =>
    at ? [editAt(source, at.start, at.end, at.newText, reason)] : [],
  );
}

function addVersion(
  source: Source,
  entry: DependencyEntry,
  context: PublishableContext,
): Result<readonly Edit[]> {
  if (fieldOf(definitionOf(entry), 'version') !== undefined) return ok([]);
  const requirement = localRequirement(source, entry, context);
  const holder = entry.inherited?.root.source ?? source;
  const path = entry.inherited ? ['workspace', 'dependencies', entry.key] : entry.path;
  const insertion =
    requirement && tomlSpans(holder).insertion([...path, 'path'], 'version', `"${requirement}"`);
  if (!insertion) return fail(unservable(source, entry));
  const reason = `${registryName(entry)}: by path → ${requirement}`;
  return ok([editAt(holder, insertion.start, insertion.end, insertion.newText, reason)]);
}
