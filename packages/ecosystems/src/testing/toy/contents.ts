import { ok, type Contents } from '../../model';
import { unpack } from './archive';

export const contents: Contents = {
  isName: (name) => /^[a-z][a-z0-9-]*$/i.test(name),
  toRequest(_, body) {
    const inside = unpack(body);
    if (!inside.ok) return inside;
    const { name, version } = inside.value;
    return ok({ method: 'PUT', path: `/packages/${name}/${version}`, headers: {}, body });
  },
  describe: () => ({
    summary: '',
    license: '',
    homepage: '',
    repository: '',
    keywords: [],
    categories: [],
    dependencies: [],
  }),
};
