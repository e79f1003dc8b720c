import { withLazy, type Ecosystem } from '../../model';

/**
 * A seventh ecosystem, for the tests only: one folder, and one line where the ecosystems are listed. Its packages
 * are `toy.pkg` files of `key = value` lines; it is as small as the contract allows.
 */
export const toy: Ecosystem = withLazy(
  {
    id: 'toy',
    title: 'Toy registry',
    manifests: ['toy.pkg'],
    companions: [],
    toleratesLatin1: false,
    ignoredDirectories: [],
    prefix: '/toy',
    publicEndpoints: { api: 'http://127.0.0.1:9/toy' },
    endpointsAt: (baseUrl: string) => ({ api: `${baseUrl}/toy` }),
    credentials: { env: ['TOY_TOKEN'], url: 'http://127.0.0.1:9/toy/tokens' },
    irreversible: false,
    normalizeName: (name: string) => name.toLowerCase(),
  },
  {
    versions: () => (require('./versions') as typeof import('./versions')).versions,
    format: () => (require('./manifest') as typeof import('./manifest')).format,
    tool: () => (require('./tool') as typeof import('./tool')).tool,
    remote: () => (require('./remote') as typeof import('./remote')).remote,
    wire: () => (require('./wire') as typeof import('./wire')).wire,
    contents: () => (require('./contents') as typeof import('./contents')).contents,
  },
);
