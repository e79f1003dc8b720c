import { digest } from '../../archive';
import type { StoredPackage, StoredVersion } from '../../model';

/** How npm names a user in documents. Users have no address here, and npm 11 prints one. */
export function accountOf(name: string): { readonly name: string; readonly email: string } {
  return { name, email: `${name}@localhost` };
}

/** npm has no yank; what it prints at every install of a deprecated version is never empty. */
export function deprecationOf({ notice }: StoredVersion): string {
  return notice?.message || 'this version is withdrawn';
}

/** `_rev` of the document, as CouchDB has it: another one after every change that shows in it. */
export function revisionOf({ versions, tags, owners }: StoredPackage): string {
  const standing = versions.map(({ version, yanked, notice }) => [version, yanked, notice ?? null]);
  const text = JSON.stringify([standing, Object.entries(tags).sort(), owners]);
  return `${versions.length}-${digest('md5', text)}`;
}
