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
import { installScript } from './install-script';

/** A project of Mix that depends on the package; the part of Hex is played by a script. */
export const consumer: Consumer = {
  needs: [
    {
      name: 'elixir',
      anyOf: ['elixir'],
      hint: 'install Elixir 1.14 or later, with `erlang-inets` on Debian',
    },
  ],
  home,
  install,
  lacking,
};

function home({ directory }: ConsumerPlace): ConsumerHome {
  return {
    files: [],
    env: {
      MIX_HOME: posix.join(directory, 'mix'),
      HEX_HOME: posix.join(directory, 'hex'),
      MIX_ENV: 'prod',
      // Elixir warns and mangles names where the locale is not UTF-8.
      ELIXIR_ERL_OPTIONS: '+fnu',
    },
    toolchains: { ASDF_DATA_DIR: '.asdf' },
  };
}

function install(context: ConsumeContext): Consumption {
  const { name, version, directory, endpoints, programs } = context;
  const { api = '', repository = '' } = endpoints;
  return {
    files: [],
    commands: [
      {
        program: programs['elixir'] ?? 'elixir',
        args: ['-e', installScript, api, repository, name, version],
        cwd: directory,
      },
    ],
    proves:
      'its checksum is right, Mix accepts its requirements, it compiles and its modules load; Hex itself is not asked, so the signed index is not read',
  };
}

/** Texts of the script. */
function lacking({ stderr }: CommandResult): readonly string[] {
  const texts = [/^no such package: (\S+)/gm, /^no version of package (\S+) fits/gm];
  return captured(stderr, texts);
}
