import { withLazy, type Ecosystem } from '../../model';
import { publicEndpoints } from './endpoints';
import { limits, sizeLimit } from './limits';

export const hex: Ecosystem = withLazy(
  {
    id: 'hex',
    title: 'hex.pm',
    manifests: ['mix.exs'],
    // `mix.lock` locks what is fetched; projects given by a path are not in it (Mix 1.14).
    companions: [],
    toleratesLatin1: false,
    ignoredDirectories: ['_build', 'deps'],
    prefix: '/hex',
    publicEndpoints,
    endpointsAt: (baseUrl: string) => ({ api: `${baseUrl}/hex/api`, repository: `${baseUrl}/hex` }),
    credentials: { env: ['HEX_API_KEY'], url: 'https://hex.pm/dashboard/keys' },
    irreversible: false,
    limits,
    sizeLimit,
    normalizeName: (name: string) => name,
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
