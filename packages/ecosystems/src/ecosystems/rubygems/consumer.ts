import { posix } from 'node:path';
import type {
  CommandResult,
  ConsumeContext,
  Consumer,
  ConsumerHome,
  ConsumerPlace,
  Consumption,
} from '../../model';
import { captured } from '../../text';
import { loadScript } from './load-script';

/** `gem install`, which builds extensions, and `require`. */
export const consumer: Consumer = {
  needs: [
    { name: 'gem', anyOf: ['gem'], hint: 'install Ruby, which brings RubyGems' },
    { name: 'ruby', anyOf: ['ruby'], hint: 'install Ruby' },
  ],
  home,
  install,
  lacking,
};

function home({ directory }: ConsumerPlace): ConsumerHome {
  const gems = posix.join(directory, 'gems');
  return {
    files: [],
    env: { GEM_HOME: gems, GEM_PATH: gems, GEM_SPEC_CACHE: posix.join(directory, 'gem-specs') },
    toolchains: { RBENV_ROOT: '.rbenv' },
  };
}

function install(context: ConsumeContext): Consumption {
  const { name, version, directory, endpoints, programs } = context;
  const source = `${endpoints['host']}/`;
  const script = posix.join(directory, 'load.rb');
  const install = {
    program: programs['gem'] ?? 'gem',
    args: [
      ...['install', name, '--version', version, '--no-document'],
      ...['--clear-sources', '--source', source, '--install-dir', posix.join(directory, 'gems')],
    ],
    cwd: directory,
  };
  const load = {
    program: programs['ruby'] ?? 'ruby',
    args: [script, name, version],
    cwd: directory,
  };
  return {
    files: [{ path: script, content: loadScript }],
    commands: [install, load],
    proves: 'installed, its extensions built, it loads with `require`',
  };
}

/** Texts of RubyGems 3.3: the gem itself, and one that another needs. */
function lacking({ stdout, stderr }: CommandResult): readonly string[] {
  const texts = [
    /Could not find a valid gem '([^']+)'/g,
    /Unable to resolve dependency: .* requires '?([\w.-]+)/g,
    /needs ([\w.-]+) \([^)]*\)/g,
  ];
  const output = `${stdout}\n${stderr}`;
  return captured(output, texts);
}
