import { withLazy, type Ecosystem } from '../../model';
import { limits, sizeLimit } from './limits';
import { publicEndpoints } from './endpoints';
import { normalizeName } from './names';

export const pypi: Ecosystem = withLazy(
  {
    id: 'pypi',
    title: 'PyPI',
    manifests: ['pyproject.toml', 'setup.py', 'setup.cfg'],
    companions: ['uv.lock', 'poetry.lock', 'pdm.lock'],
    toleratesLatin1: false,
    ignoredDirectories: ['.venv', 'venv', '__pycache__'],
    prefix: '/pypi',
    publicEndpoints,
    endpointsAt: (baseUrl: string) => ({
      upload: `${baseUrl}/pypi/legacy/`,
      json: `${baseUrl}/pypi/pypi`,
    }),
    credentials: {
      env: ['TWINE_PASSWORD', 'UV_PUBLISH_TOKEN', 'MATURIN_PYPI_TOKEN', 'PYPI_TOKEN'],
      url: 'https://pypi.org/manage/account/token/',
    },
    irreversible: true,
    limits,
    sizeLimit,
    normalizeName,
  },
  {
    versions: () => (require('./versions') as typeof import('./versions')).versions,
    format: () => (require('./manifest') as typeof import('./manifest')).format,
    tool: () => (require('./tool') as typeof import('./tool')).tool,
    remote: () => (require('./remote') as typeof import('./remote')).remote,
    access: () => (require('./access/access') as typeof import('./access/access')).access,
    wire: () => (require('./wire') as typeof import('./wire')).wire,
    contents: () => (require('./contents') as typeof import('./contents')).contents,
  },
);
