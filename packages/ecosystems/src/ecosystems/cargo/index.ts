import { withLazy, type Ecosystem } from '../../model';
import { publicEndpoints } from './endpoints';
import { limits, sizeLimit } from './limits';
import { crateName } from './names';

export const cargo: Ecosystem = withLazy(
  {
    id: 'cargo',
    title: 'crates.io',
    manifests: ['Cargo.toml'],
    companions: ['Cargo.lock'],
    toleratesLatin1: false,
    ignoredDirectories: ['target'],
    prefix: '/cargo',
    publicEndpoints,
    endpointsAt: (baseUrl: string) => ({
      index: `${baseUrl}/cargo/index`,
      api: `${baseUrl}/cargo`,
      dl: `${baseUrl}/cargo/dl`,
    }),
    credentials: {
      env: ['CARGO_REGISTRY_TOKEN', 'CRATES_IO_TOKEN'],
      url: 'https://crates.io/settings/tokens',
    },
    irreversible: true,
    limits,
    sizeLimit,
    normalizeName: crateName,
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
