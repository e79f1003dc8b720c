import { posix } from 'node:path';
import type { Access, AccessSettings, Endpoints, FoundToken } from '../../../model';
import { jsonAnswer } from '../../../text';
import { publicEndpoints } from '../endpoints';
import { readPypirc } from './pypirc';
import { secrets } from './secrets';

/** `~/.pypirc`, which twine reads; keyrings are not asked, because they prompt. */
export const access: Access = {
  secrets,
  files: ({ home }) => [posix.join(home, '.pypirc')],
  token,
  exchange: {
    perPackage: false,
    // PyPI gives tokens of 15 minutes.
    lifetime: 10 * 60_000,
    audience: ({ json = '' }) => (json === publicEndpoints.json ? 'pypi' : new URL(json).hostname),
    env: ['PYPI_ID_TOKEN'],
    ask: (jwt, _name, { json = '' }) => ({
      method: 'POST',
      url: `${new URL(json).origin}/_/oidc/mint-token`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: jwt }),
    }),
    read: (response) => jsonAnswer<{ token?: string }>(response)?.token,
  },
};

/** A section is for the registry that its `repository` names; `[pypi]` without one is for the public registry. */
function token({ files }: AccessSettings, { upload = '' }: Endpoints): FoundToken | undefined {
  for (const { file, text } of files)
    for (const [section, keys] of readPypirc(text)) {
      const repository =
        keys.get('repository') ?? (section === 'pypi' ? publicEndpoints.upload : undefined);
      const password = keys.get('password');
      if (repository === undefined || !password || trimmed(repository) !== trimmed(upload))
        continue;
      return { token: password, username: keys.get('username') ?? '__token__', file };
    }
  return undefined;
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '');
}
