import { posix } from 'node:path';
import { ForgeError, type ErrorCode } from '../../errors';
import {
  all,
  allFlat,
  fail,
  ok,
  type Dependency,
  type Edit,
  type Manifest,
  type ManifestChange,
  type ManifestFormat,
  type PublishableContext,
  type Result,
  type Source,
} from '../../model';
import { editAt, located } from '../../text';
import { needsOf, parseLines, versionOf, type Line, type Need } from './lines';
import { locate } from './locate';

export const format: ManifestFormat = { read, plan, locate, publishable };

function read(source: Source): Result<Manifest | null> {
  const parsed = parseLines(source);
  if (!parsed.ok) return parsed;
  const lines = parsed.value;
  const name = value(source, lines, 'name', 'FORGE-M004');
  const version = value(source, lines, 'version', 'FORGE-M005');
  const both = all([name, version]);
  if (!both.ok) return both;
  const [named = '', versioned = ''] = both.value;
  return ok({
    ecosystem: 'toy',
    file: source.file,
    name: named,
    version: { value: versioned, file: source.file, via: 'version' },
    ...(lines.some(({ key }) => key === 'private') ? { private: '`private` is set' } : {}),
    dependencies: needsOf(lines).map((need) => dependencyOf(source, need)),
    embeds: [],
    inputs: [],
  });
}

function value(
  source: Source,
  lines: readonly Line[],
  key: string,
  code: ErrorCode,
): Result<string> {
  const line = lines.findLast((each) => each.key === key);
  if (line) return ok(line.value);
  return fail(
    new ForgeError(code, { what: `\`${source.file}\` has no \`${key}\``, ...located(source, 0) }),
  );
}

function dependencyOf(source: Source, { name, requirement, path }: Need): Dependency {
  const base = { name, kind: 'runtime', section: 'needs' } as const;
  if (path === undefined) return { ...base, requirement };
  return { ...base, requirement: null, path: posix.join(posix.dirname(source.file), path) };
}

function plan(source: Source, change: ManifestChange): Result<readonly Edit[]> {
  const parsed = parseLines(source);
  if (!parsed.ok) return parsed;
  const { versions } = require('./versions') as typeof import('./versions');
  const line = versionOf(parsed.value);
  const edits: Result<Edit[]>[] = [];
  if (change.version !== undefined && line && line.value !== change.version)
    edits.push(
      ok([editAt(source, line.start, line.end, change.version, `version → ${change.version}`)]),
    );
  for (const {
    name,
    requirement,
    start,
    line: { end },
    path,
  } of needsOf(parsed.value)) {
    const wanted = change.requirements?.find(
      (each) => each.name.toLowerCase() === name.toLowerCase(),
    );
    if (!wanted || path !== undefined) continue;
    const next = versions.requirement.rewrite(requirement, wanted.version, wanted.policy);
    if (!next.ok) edits.push(next);
    else if (next.value !== requirement)
      edits.push(
        ok([
          editAt(source, start, end, next.value, {
            dependency: name,
            from: requirement,
            to: next.value,
          }),
        ]),
      );
  }
  return allFlat(edits);
}

function publishable(
  source: Source,
  _manifest: Manifest,
  { local }: PublishableContext,
): Result<readonly Edit[]> {
  const parsed = parseLines(source);
  if (!parsed.ok) return parsed;
  return all(
    needsOf(parsed.value)
      .filter(({ path }) => path !== undefined)
      .map(({ name, path = '', start, line: { end } }) => {
        const found = local({ name, path: posix.join(posix.dirname(source.file), path) });
        if (found?.version.value)
          return ok(editAt(source, start, end, `^${found.version.value}`, `${name} by version`));
        const what = `\`${name}\` is not in the workspace`;
        return fail(new ForgeError('FORGE-A006', { what, ...located(source, start, end - start) }));
      }),
  );
}
