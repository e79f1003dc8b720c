import type { PackageChange, Removal, StoredPackage, StoredVersion } from '../model';

/** A package after a change, as the registry server would leave it. */
export function applyChange(found: StoredPackage, change: PackageChange): StoredPackage {
  const { versions, tags, owners } = found;
  switch (change.kind) {
    case 'yank':
      return withVersion(found, change.version, ({ notice: _, ...rest }) => ({
        ...rest,
        yanked: true,
        ...(change.notice && { notice: change.notice }),
      }));
    case 'unyank':
      return withVersion(found, change.version, ({ notice: _, ...rest }) => ({
        ...rest,
        yanked: false,
      }));
    case 'remove':
      return { ...found, versions: versions.flatMap((each) => without(each, change)) };
    case 'add-owner':
      return { ...found, owners: [...new Set([...owners, change.user])] };
    case 'remove-owner':
      return { ...found, owners: owners.filter((user) => user !== change.user) };
    case 'attach':
    case 'detach': {
      const name = change.kind === 'attach' ? change.file.filename : change.filename;
      return withVersion(found, change.version, ({ attachments = [], ...rest }) => ({
        ...rest,
        attachments: [
          ...attachments.filter(({ filename }) => filename !== name),
          ...(change.kind === 'attach' ? [change.file] : []),
        ],
      }));
    }
    case 'set-tag':
      return { ...found, tags: { ...tags, [change.tag]: change.version } };
    case 'delete-tag':
      return {
        ...found,
        tags: Object.fromEntries(Object.entries(tags).filter(([tag]) => tag !== change.tag)),
      };
  }
}

function withVersion(
  found: StoredPackage,
  version: string,
  replace: (before: StoredVersion) => StoredVersion,
): StoredPackage {
  const replaced = found.versions.map((each) => (each.version === version ? replace(each) : each));
  return { ...found, versions: replaced };
}

function without(stored: StoredVersion, { version, filenames }: Removal): readonly StoredVersion[] {
  if (stored.version !== version) return [stored];
  const files = stored.files.filter(
    ({ filename }) => filenames !== undefined && !filenames.includes(filename),
  );
  return files.length === 0 ? [] : [{ ...stored, files }];
}
