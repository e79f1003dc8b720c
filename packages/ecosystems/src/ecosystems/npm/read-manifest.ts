import { posix } from 'node:path';
import { ForgeError, type ErrorCode } from '../../errors';
import {
  fail,
  ok,
  type Dependency,
  type Manifest,
  type Reader,
  type Result,
  type Source,
} from '../../model';
import { jsonSpans, located, locatedSpan, parseJsonText, type JsonPath } from '../../text';
import { findCatalogs, type Catalogs } from './catalogs';
import { readEntry } from './dependency';
import { dependencyEntries } from './dependency-entries';
import { findEmbeds } from './embeds';
import { isObject, type JsonObject } from './package-json';

/** The SemVer grammar (semver.org, the suggested expression), so that reading needs no library. */
const semverGrammar =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/;

/** Keys that only something made to be installed has. */
const signsOfAPackage = ['main', 'exports', 'files', 'bin', 'publishConfig'];

export function readManifest(source: Source, reader: Reader): Result<Manifest | null> {
  const parsed = parseJsonText(source);
  if (!parsed.ok) return parsed;
  const json = parsed.value;
  if (!isObject(json)) return fail(unusable(source, [], 'the document is not an object'));
  const identity = readIdentity(source, json, reader);
  if (!identity.ok) return identity;
  if (identity.value === null) return ok(null);
  const dependencies = readDependencies(source, json, reader);
  if (!dependencies.ok) return dependencies;
  const { name, version } = identity.value;
  const reason = json['private']
    ? '`private` is set'
    : version === null
      ? neverPublished
      : undefined;
  return ok({
    ecosystem: 'npm',
    file: source.file,
    name,
    version: {
      ...{ value: version, file: source.file, via: 'version' },
      ...(version === null ? { fixed: neverPublished } : {}),
    },
    ...(reason === undefined ? {} : { private: reason }),
    ...registryOf(json),
    ...dependencies.value,
    embeds: findEmbeds(source.file, json, reader),
  });
}

const neverPublished = 'it has no version, so that npm never publishes it';

interface Identity {
  readonly name: string;
  readonly version: string | null;
}

function readIdentity(source: Source, json: JsonObject, reader: Reader): Result<Identity | null> {
  const { name, version } = json;
  const isNamed = typeof name === 'string' && name.trim() !== '';
  if ((name === undefined || version === undefined) && !isMeantToBePublished(json)) {
    const isMember = isNamed && dependsOnSomething(json) && !isRoot(source.file, json, reader);
    return ok(isMember ? { name, version: null } : null);
  }
  const problems = [
    ...field(source, 'name', name, 'FORGE-M004'),
    ...field(source, 'version', version, 'FORGE-M005'),
  ];
  if (problems.length > 0) return fail(...problems);
  if (typeof version === 'string' && !semverGrammar.test(version))
    return fail(unusable(source, ['version'], `\`${version}\` is not a SemVer version`));
  return ok({ name, version } as Identity);
}

/** A member without a version (an app) has nothing to release, but its requirements must follow what is released. */
function dependsOnSomething(json: JsonObject): boolean {
  return dependencyEntries(json).entries.length > 0;
}

/** What a root asks for is edited through the packages that it names. */
export function isRoot(file: string, json: JsonObject, reader: Reader): boolean {
  const directory = posix.dirname(file);
  return (
    directory === '.' ||
    json['workspaces'] !== undefined ||
    reader.list(directory).includes('pnpm-workspace.yaml')
  );
}

/** `npm publish` would go there and nowhere else. */
function registryOf(json: JsonObject): { registry?: string } {
  const config = json['publishConfig'];
  const registry = isObject(config) ? config['registry'] : undefined;
  return typeof registry === 'string' ? { registry } : {};
}

/** A root of a workspace or a private place for scripts has no need of a name and a version. */
function isMeantToBePublished(json: JsonObject): boolean {
  if (json['private'] || json['workspaces'] !== undefined) return false;
  return signsOfAPackage.some((key) => json[key] !== undefined);
}

function field(source: Source, key: string, value: unknown, missing: ErrorCode): ForgeError[] {
  if (value === undefined)
    return [
      new ForgeError(missing, {
        what: `\`${source.file}\` has no \`${key}\``,
        ...located(source, source.text.indexOf('{')),
      }),
    ];
  if (typeof value === 'string' && value.trim() !== '') return [];
  return [unusable(source, [key], `\`${key}\` is not a text`)];
}

function readDependencies(
  source: Source,
  json: JsonObject,
  reader: Reader,
): Result<{ dependencies: Dependency[]; inputs: string[] }> {
  const { entries, unusable: wrong } = dependencyEntries(json);
  if (wrong.length > 0) return fail(...wrong.map(({ path, what }) => unusable(source, path, what)));
  const inputs = new Set<string>();
  const catalogs = (): Catalogs | undefined => {
    const found = findCatalogs(source.file, reader);
    for (const file of found?.files ?? []) if (file !== source.file) inputs.add(file);
    return found;
  };
  const dependencies = entries.map((entry) => readEntry(source.file, entry, catalogs).dependency);
  return ok({ dependencies, inputs: [...inputs] });
}

function unusable(source: Source, path: JsonPath, what: string): ForgeError {
  const span = jsonSpans(source).find(path);
  return new ForgeError('FORGE-M006', {
    what,
    ...locatedSpan(source, span),
  });
}
