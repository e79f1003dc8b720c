import { writeMultipart } from '../../archive';
import { ok, type Contents, type Description } from '../../model';
import { decodeSource } from '../../text';
import { describe, fieldText } from './cabal-file/description';
import { isPackageName } from './package-name';
import { readSdist } from './sdist-archive';

/** An sdist as such: its `.cabal` file says everything, also whether it is a candidate. */
export const contents: Contents = {
  isName: isPackageName,
  toRequest(_, bytes) {
    const archive = readSdist(bytes);
    if (!archive.ok) return archive;
    const { name, version, candidate } = archive.value;
    const filename = `${name}-${version}.tar.gz`;
    const form = writeMultipart({}, { field: 'package', filename, bytes });
    const path = candidate === undefined ? '/upload' : '/packages/candidates';
    return ok({ method: 'POST', path, ...form });
  },
  describe(metadata) {
    const { cabal, encoding } = metadata as { cabal: string; encoding: 'utf8' | 'latin1' };
    const bytes = Buffer.from(cabal, encoding);
    const source = decodeSource('.cabal', bytes, { toleratesLatin1: true });
    const described = source.ok ? describe(source.value) : source;
    // What cannot be read was never taken in.
    if (!source.ok || !described.ok) return nothing;
    const { elements, dependencies } = described.value;
    const field = (name: string) => fieldText(source.value.text, elements, name);
    const repository = elements.find(({ name }) => name === 'source-repository');
    const inside = repository?.kind === 'section' ? repository.elements : [];
    return {
      summary: field('synopsis'),
      license: field('license'),
      homepage: field('homepage'),
      repository: fieldText(source.value.text, inside, 'location'),
      keywords: [],
      categories: field('category')
        .split(/\s*,\s*/)
        .filter(Boolean),
      dependencies: dependencies.map(({ name, range, kind }) => {
        return { name, requirement: range?.text ?? '', kind };
      }),
    };
  },
};

const nothing: Description = {
  summary: '',
  license: '',
  homepage: '',
  repository: '',
  keywords: [],
  categories: [],
  dependencies: [],
};
