import { withLazy, type Ecosystem } from '../../model';
import { publicEndpoints } from './endpoints';
import { limits } from './limits';

export const rubygems: Ecosystem = withLazy(
  {
    id: 'rubygems',
    title: 'RubyGems',
    manifests: ['*.gemspec'],
    companions: [
      'Gemfile',
      'Gemfile.lock',
      'gems.rb',
      'gems.locked',
      '*.gemfile',
      '*.gemfile.lock',
    ],
    toleratesLatin1: true,
    ignoredDirectories: ['vendor/bundle'],
    prefix: '/gems',
    publicEndpoints,
    endpointsAt: (baseUrl: string) => ({ host: `${baseUrl}/gems` }),
    credentials: {
      env: ['GEM_HOST_API_KEY', 'RUBYGEMS_API_KEY'],
      url: 'https://rubygems.org/profile/api_keys',
    },
    irreversible: true,
    limits,
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
