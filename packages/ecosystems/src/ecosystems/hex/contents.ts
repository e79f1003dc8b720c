import { ok, type Contents } from '../../model';
import { isReserved, namePattern } from './names';
import { packageFacts } from './stored';

/** A tarball as such: it is the whole upload. */
export const contents: Contents = {
  isName: (name) => namePattern.test(name) && !isReserved(name),
  toRequest: (_, body) => ok({ method: 'POST', path: '/api/publish', headers: {}, body }),
  describe(metadata) {
    const { description, licenses, requirements } = packageFacts(metadata);
    return {
      summary: description,
      license: licenses.join(', '),
      homepage: '',
      repository: '',
      keywords: [],
      categories: [],
      dependencies: requirements.map(({ name, requirement, optional }) => {
        return { name, requirement, kind: optional ? 'optional' : 'runtime' };
      }),
    };
  },
};
