import { posix } from 'node:path';
import type {
  Command,
  CommandResult,
  ConsumeContext,
  Consumer,
  ConsumerHome,
  ConsumerPlace,
  Consumption,
} from '../../model';
import { captured } from '../../text';
import { loadScript } from './load-script';
import { publishedVersion } from './names';

/** `npm install` into an empty project, and what the package exports is loaded. */
export const consumer: Consumer = {
  needs: [
    { name: 'npm', anyOf: ['npm'], hint: 'it comes with Node.js; version 10 or newer' },
    { name: 'node', anyOf: ['node'], hint: 'install Node.js' },
  ],
  home,
  install,
  lacking,
};

/** As variables: they reach an npm that an install script starts, too. A user's own .npmrc has no say. */
function home({ endpoints, directory }: ConsumerPlace): ConsumerHome {
  const registry = `${(endpoints['registry'] ?? '').replace(/\/+$/, '')}/`;
  return {
    files: [{ path: posix.join(directory, 'npmrc'), content: '# Settings of one consumer.\n' }],
    env: {
      npm_config_registry: registry,
      npm_config_cache: posix.join(directory, 'npm-cache'),
      npm_config_userconfig: posix.join(directory, 'npmrc'),
      npm_config_globalconfig: posix.join(directory, 'npmrc-of-all'),
      npm_config_update_notifier: 'false',
      npm_config_audit: 'false',
      npm_config_fund: 'false',
      npm_config_fetch_retries: '0',
    },
  };
}

function install(context: ConsumeContext): Consumption {
  const { name, version, directory, programs } = context;
  const project = posix.join(directory, 'consumer');
  const run = (program: string, ...args: readonly string[]): Command => ({
    program: programs[program] ?? program,
    args,
    cwd: project,
  });
  return {
    files: [
      {
        path: posix.join(project, 'package.json'),
        content: '{ "name": "consumer", "version": "0.0.0", "private": true }\n',
      },
      { path: posix.join(project, 'load.mjs'), content: loadScript },
    ],
    commands: [
      run('npm', 'install', `${name}@${publishedVersion(version)}`, '--save-exact'),
      run('node', 'load.mjs', name),
    ],
    proves: 'installed, its programs are there, what it exports loads',
  };
}

/** Texts of npm 11: `404 Not Found - GET <url>` and `No matching version found for <name>@<range>.` */
function lacking({ stderr }: CommandResult): readonly string[] {
  const texts = [
    /404\s+Not Found - GET \S*\/((?:@[^/%\s]+(?:\/|%2f))?[^/\s]+)/gi,
    /No matching version found for (@?[^@\s]+)@/g,
  ];
  return [...new Set(captured(stderr, texts).map((name) => name.replace(/%2f/i, '/')))];
}
