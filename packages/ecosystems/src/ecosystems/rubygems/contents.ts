import { ok, type Contents } from '../../model';
import { versionMetadata } from './published-gem';
import { isGemName } from './upload-rules';

/** A gem as such: it is the whole upload. */
export const contents: Contents = {
  isName: isGemName,
  toRequest: (_, body) => ok({ method: 'POST', path: '/api/v1/gems', headers: {}, body }),
  describe(metadata) {
    const { summary, description, licenses, homepage, gems } = versionMetadata(metadata);
    const stated = Object.values(gems).flatMap(({ dependencies }) => dependencies);
    const byName = new Map(stated.map((each) => [each.name, each.requirements.join(', ')]));
    return {
      summary: summary || description,
      license: licenses.join(', '),
      homepage,
      repository: '',
      keywords: [],
      categories: [],
      dependencies: [...byName].map(([name, requirement]) => {
        return { name, requirement, kind: 'runtime' };
      }),
    };
  },
};
