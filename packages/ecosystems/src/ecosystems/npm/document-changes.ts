import { ForgeError } from '../../errors';
import { fail, ok, type PackageChange, type Result, type StoredPackage } from '../../model';
import { parseJson } from '../../text';
import { isObject, type JsonObject } from './package-json';
import { renderTags } from './packument';
import { deprecationOf, revisionOf } from './standing';
import { checkTag } from './tags';

/**
 * `npm deprecate` (11) puts the whole document back with `deprecated` of the versions that are meant, an empty
 * text to take it back. Nothing else of the document is looked at, so a version that came meanwhile is safe.
 */
export function deprecations(
  { versions }: StoredPackage,
  body: Uint8Array,
): Result<readonly PackageChange[]> {
  const document = parseDocument(body);
  if (!document.ok) return document;
  const named = isObject(document.value['versions']) ? document.value['versions'] : {};
  const changes = versions.flatMap((stored): PackageChange[] => {
    const manifest = named[stored.version];
    const wanted = isObject(manifest) ? manifest['deprecated'] : undefined;
    if (typeof wanted !== 'string') return [];
    const now = stored.yanked ? deprecationOf(stored) : '';
    if (wanted === now) return [];
    const { version } = stored;
    return [
      wanted === ''
        ? { kind: 'unyank', version }
        : { kind: 'yank', version, notice: { message: wanted } },
    ];
  });
  return ok(changes);
}

/**
 * `PUT /:name/-rev/:rev`: the document as it is to be from now on, or the part of it that changes. `npm unpublish`
 * sends it without a version, `npm owner` sends `maintainers` alone. Refused where it rests on another revision.
 */
export function replacements(
  found: StoredPackage,
  revision: string,
  body: Uint8Array,
): Result<readonly PackageChange[]> {
  const document = parseDocument(body);
  if (!document.ok) return document;
  const checked = checkRevision(found, revision);
  if (!checked.ok) return checked;
  const { versions, 'dist-tags': tags, maintainers } = document.value;
  const moved = isObject(tags) ? tagChanges(found, tags) : ok([]);
  if (!moved.ok) return moved;
  return ok([
    ...(isObject(versions) ? removals(found, versions) : []),
    ...moved.value,
    ...(Array.isArray(maintainers) ? ownerChanges(found, maintainers) : []),
  ]);
}

/** FORGE-R011 where the document was changed since it was read. */
export function checkRevision(found: StoredPackage, revision: string): Result<void> {
  if (revision === revisionOf(found)) return ok(undefined);
  const what = `the document of \`${found.name}\` was changed meanwhile: read it again`;
  return fail(new ForgeError('FORGE-R011', { what }));
}

function removals({ versions }: StoredPackage, kept: JsonObject): PackageChange[] {
  return versions
    .filter(({ version }) => !Object.hasOwn(kept, version))
    .map(({ version }) => ({ kind: 'remove', version }));
}

/** Against the tags that everybody sees; the ones of a version that goes have gone with it. */
function tagChanges(found: StoredPackage, wanted: JsonObject): Result<readonly PackageChange[]> {
  const before = renderTags(found);
  const set = Object.entries(wanted).filter(([tag, version]) => before[tag] !== version);
  const changes: PackageChange[] = Object.keys(found.tags)
    .filter((tag) => !Object.hasOwn(wanted, tag))
    .map((tag) => ({ kind: 'delete-tag', tag }));
  for (const [tag, version] of set) {
    const checked = checkTag(tag);
    if (!checked.ok) return checked;
    changes.push({ kind: 'set-tag', tag, version: String(version) });
  }
  return ok(changes);
}

function ownerChanges({ owners }: StoredPackage, maintainers: readonly unknown[]): PackageChange[] {
  const wanted = maintainers.flatMap((each) =>
    isObject(each) && typeof each['name'] === 'string' ? [each['name']] : [],
  );
  const added = wanted.filter((user) => !owners.includes(user));
  const removed = owners.filter((user) => !wanted.includes(user));
  return [
    ...added.map((user): PackageChange => ({ kind: 'add-owner', user })),
    ...removed.map((user): PackageChange => ({ kind: 'remove-owner', user })),
  ];
}

function parseDocument(body: Uint8Array): Result<JsonObject> {
  const document = parseJson(body);
  if (isObject(document)) return ok(document);
  return fail(new ForgeError('FORGE-R001', { what: 'the body is not a JSON document' }));
}
