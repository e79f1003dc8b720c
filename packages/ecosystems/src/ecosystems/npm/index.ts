import { withLazy, type Ecosystem } from '../../model';
import { publicEndpoints } from './endpoints';

export const npm: Ecosystem = withLazy(
  {
    id: 'npm',
    title: 'npmjs.com',
    manifests: ['package.json'],
    companions: [
      'package-lock.json',
      'npm-shrinkwrap.json',
      'pnpm-lock.yaml',
      'pnpm-workspace.yaml',
      'yarn.lock',
      '.yarnrc.yml',
      'bun.lock',
    ],
    toleratesLatin1: false,
    ignoredDirectories: ['node_modules'],
    linkedDirectories: ['node_modules'],
    prefix: '/npm',
    publicEndpoints,
    endpointsAt: (baseUrl: string) => ({ registry: `${baseUrl}/npm` }),
    credentials: {
      env: ['NODE_AUTH_TOKEN', 'NPM_TOKEN'],
      url: 'https://www.npmjs.com/settings/~/tokens',
    },
    irreversible: false,
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
