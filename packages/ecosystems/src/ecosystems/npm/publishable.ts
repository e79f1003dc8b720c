import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Edit,
  type Manifest,
  type PublishableContext,
  type Result,
  type Source,
} from '../../model';
import { editAt, jsonSpans, locatedSpan, type JsonSpan } from '../../text';
import { findCatalogs } from './catalogs';
import { resolvePath } from './dependency';
import { dependencyTables } from './package-json';
import { parseSpecifier } from './specifier';

/**
 * `npm pack` (11) ships `workspace:`, `catalog:` and `file:` as they stand, which no user can install. They become
 * what pnpm (10) writes on publish: `*` the exact version, `^` and `~` a range, a range itself.
 */
export function publishable(
  source: Source,
  _manifest: Manifest,
  context: PublishableContext,
): Result<readonly Edit[]> {
  const spans = jsonSpans(source);
  const edits: Edit[] = [];
  const problems: ForgeError[] = [];
  const bundled = bundledNames(spans.find(['bundleDependencies'])?.value);
  for (const { key: section, kind } of dependencyTables) {
    for (const { key, span } of spans.members([section])) {
      if (typeof span.value !== 'string' || bundled(key)) continue;
      const text = publicSpecifier(source, key, span.value, context);
      if (text === span.value) continue;
      if (text !== undefined) {
        const reason = `${key} ${span.value} → ${text}`;
        edits.push(editAt(source, span.contentStart, span.contentEnd, text, reason));
        // Nobody who installs the package resolves its devDependencies: such a reference does no harm there.
      } else if (kind !== 'dev') problems.push(unresolved(source, section, key, span));
    }
  }
  return problems.length > 0 ? fail(...problems) : ok(edits);
}

/** `undefined` for a reference that no registry can serve. */
function publicSpecifier(
  source: Source,
  key: string,
  raw: string,
  context: PublishableContext,
): string | undefined {
  const specifier = parseSpecifier(raw);
  switch (specifier.kind) {
    case 'other':
      return specifier.local ? undefined : raw;
    case 'catalog': {
      const catalogs = findCatalogs(source.file, context.reader);
      const range = catalogs?.find(specifier.catalog, key)[0]?.value;
      return range?.startsWith('catalog:') ? undefined : range;
    }
    case 'path': {
      const found = context.local({ name: key, path: resolvePath(source.file, specifier.path) });
      const mark = specifier.workspace ? '' : '^';
      return found?.version.value ? named(key, found.name, mark + found.version.value) : undefined;
    }
    case 'range': {
      if (!specifier.workspace) return raw;
      const name = specifier.target ?? key;
      const range = specifier.range.trim();
      if (!/^[*^~]?$/.test(range)) return named(key, name, range);
      const version = context.local({ name })?.version.value;
      return version ? named(key, name, range.replace('*', '') + version) : undefined;
    }
  }
}

function named(key: string, name: string, range: string): string {
  return key === name ? range : `npm:${name}@${range}`;
}

function bundledNames(value: unknown): (name: string) => boolean {
  if (value === true) return () => true;
  return (name) => Array.isArray(value) && value.includes(name);
}

function unresolved(source: Source, section: string, key: string, span: JsonSpan): ForgeError {
  return new ForgeError('FORGE-A006', {
    what: `\`${section}.${key}\` is \`${String(span.value)}\`, which works inside this repository only`,
    fix: `give \`${key}\` a range of versions, or add the package that it means to the workspace`,
    ...locatedSpan(source, span),
  });
}
