import { withLazy, type Ecosystem } from '../../model';
import { publicEndpoints } from './endpoints';

export const hackage: Ecosystem = withLazy(
  {
    id: 'hackage',
    title: 'Hackage',
    manifests: ['*.cabal'],
    companions: ['cabal.project', 'cabal.project.freeze', 'package.yaml'],
    toleratesLatin1: true,
    ignoredDirectories: ['dist-newstyle'],
    prefix: '/hackage',
    publicEndpoints,
    endpointsAt: (baseUrl: string) => ({ repository: `${baseUrl}/hackage` }),
    credentials: {
      env: ['HACKAGE_TOKEN', 'HACKAGE_PASSWORD'],
      url: 'https://hackage.haskell.org/users/account-management',
    },
    irreversible: true,
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
