import type { Refusal } from '@forge/ecosystems';
import type { Publication } from './publish';

/** What is refused whatever the database holds. Each protocol has checked its own rules before. */
export function verifyUpload({ ecosystem, upload }: Publication): Refusal | undefined {
  const { name, version, files } = upload;
  const invalid = (message: string): Refusal => ({ kind: 'invalid', message, name, version });
  if (ecosystem.normalizeName(name) === '') return invalid('the package has no name');
  if (!ecosystem.versions.isValid(version)) return invalid(`\`${version}\` is not a valid version`);
  if (files.length === 0) return invalid('the upload has no file');
  const names = new Set(files.map(({ filename }) => filename));
  if (names.size < files.length) return invalid('two files of the upload have one name');
  return undefined;
}
