import { ForgeError, type Refusal } from '@forge/ecosystems';
import { findUnstorable } from './check-storable';
import type { Publication } from './publish';
import { toRefusal } from './refusal';

/** What is refused whatever the database holds. Each protocol has checked its own rules before. */
export function verifyUpload(publication: Publication): Refusal | undefined {
  const problem = firstProblem(publication);
  const { name, version } = publication.upload;
  return problem && toRefusal([problem], { name, version });
}

function firstProblem({ ecosystem, upload }: Publication): ForgeError | undefined {
  const { name, version, files } = upload;
  if (ecosystem.normalizeName(name) === '') {
    return new ForgeError('FORGE-R002', { what: 'the package has no name' });
  }
  if (!ecosystem.versions.isValid(version)) {
    return new ForgeError('FORGE-R003', { what: `\`${version}\` is not a valid version` });
  }
  const names = new Set(files.map(({ filename }) => filename));
  if (files.length > 0 && names.size === files.length) return findUnstorable(upload);
  const what =
    files.length === 0 ? 'the upload has no file' : 'two files of the upload have one name';
  return new ForgeError('FORGE-R001', { what });
}
