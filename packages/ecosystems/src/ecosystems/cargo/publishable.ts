import {
  all,
  fail,
  ok,
  type Edit,
  type Manifest,
  type PublishableContext,
  type Result,
  type Source,
} from '../../model';
import { editAt, parseToml, tomlSpans } from '../../text';
import {
  definitionOf,
  dependencyEntries,
  fieldOf,
  registryName,
  type DependencyEntry,
} from './dependencies';
import { localRequirement, unservable } from './local-requirement';
import { standAlone } from './stand-alone';
import { findWorkspace } from './workspace';

/**
 * `cargo package` itself drops `path`, dev-dependencies without a version, and inheritance. What it refuses
 * is a dependency by path alone: that one gets the usual requirement on the version which it has here.
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
  const missing = dependencyEntries(parsed.value, root)
    .filter(({ kind }) => kind !== 'dev')
    .filter((entry) => fieldOf(definitionOf(entry), 'version') === undefined);
  const edits = all(missing.map((entry) => addVersion(source, entry, context)));
  return edits.ok ? ok(edits.value.flat()) : edits;
}

function addVersion(
  source: Source,
  entry: DependencyEntry,
  context: PublishableContext,
): Result<readonly Edit[]> {
  const requirement = localRequirement(source, entry, context);
  const holder = entry.inherited?.root.source ?? source;
  const path = entry.inherited ? ['workspace', 'dependencies', entry.key] : entry.path;
  const insertion =
    requirement && tomlSpans(holder).insertion([...path, 'path'], 'version', `"${requirement}"`);
  if (!insertion) return fail(unservable(source, entry));
  const reason = `${registryName(entry)}: by path → ${requirement}`;
  return ok([editAt(holder, insertion.start, insertion.end, insertion.newText, reason)]);
}
