import semver from 'semver';
import { ForgeError } from '../../errors';
import { fail, ok, type PackageChange, type Result } from '../../model';

/** As long as a name may be; npm knows no limit, but whoever keeps tags has one. */
const longest = 214;

/** A tag that reads as a range could never be asked for: npm would take it for versions. */
export function checkTag(tag: string): Result<void> {
  if (tag.length > longest) return refuse(`a dist-tag has more than ${longest} characters`);
  if (tag !== '' && semver.validRange(tag) === null) return ok(undefined);
  return refuse(`\`${tag}\` is not a dist-tag`);
}

function refuse(what: string): Result<never> {
  return fail(new ForgeError('FORGE-R001', { what }));
}

/** `npm dist-tag add`: the body is the version as a JSON string. */
export function taggingOf(tag: string, body: Uint8Array): Result<readonly PackageChange[]> {
  const checked = checkTag(tag);
  if (!checked.ok) return checked;
  const [, version] = /^\s*"([^"\\]+)"\s*$/.exec(Buffer.from(body).toString('utf8')) ?? [];
  if (version !== undefined) return ok([{ kind: 'set-tag', tag, version }]);
  return refuse('the body is no version in quotes');
}

/** `npm dist-tag rm`. What npm installs when nothing is said must stay something. */
export function untaggingOf(tag: string): Result<readonly PackageChange[]> {
  if (tag !== 'latest') return ok([{ kind: 'delete-tag', tag }]);
  return fail(new ForgeError('FORGE-R011', { what: 'the tag `latest` can only be moved' }));
}
