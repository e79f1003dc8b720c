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

/** A fresh environment, `uv pip install` or `pip install`, and its modules are imported. */
export const consumer: Consumer = {
  needs: [
    { name: 'uv or python3', anyOf: ['uv', 'python3'], hint: 'install Python 3, or uv' },
    { name: 'python3', anyOf: ['python3'], hint: 'install Python 3' },
  ],
  home,
  install,
  lacking,
};

function home(place: ConsumerPlace): ConsumerHome {
  const { directory } = place;
  return {
    files: [],
    env: {
      UV_NO_CONFIG: '1',
      UV_CACHE_DIR: posix.join(directory, 'uv-cache'),
      UV_PYTHON_DOWNLOADS: 'never',
      UV_DEFAULT_INDEX: simpleIndex(place),
      UV_KEYRING_PROVIDER: 'disabled',
      // A null device instead of a file: pip then reads none of a person's, a site's or a project's.
      PIP_CONFIG_FILE: '/dev/null',
      PIP_INDEX_URL: simpleIndex(place),
      PIP_NO_INPUT: '1',
      PIP_DISABLE_PIP_VERSION_CHECK: '1',
      PIP_CACHE_DIR: posix.join(directory, 'pip-cache'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    toolchains: { PYENV_ROOT: '.pyenv' },
  };
}

/** The two interfaces stand side by side: `/pypi/<name>/json` and `/simple/<name>/`. */
function simpleIndex({ endpoints }: ConsumerPlace): string {
  return (endpoints['json'] ?? '').replace(/\/pypi\/?$/, '/simple/');
}

function install(context: ConsumeContext): Consumption {
  const { name, version, directory, programs } = context;
  const environment = posix.join(directory, 'environment');
  const python = posix.join(environment, 'bin/python');
  const script = posix.join(directory, 'load.py');
  const wanted = `${name}==${version}`;
  const run = (program: string, ...args: readonly string[]): Command => ({
    program: programs[program] ?? program,
    args,
    cwd: directory,
  });
  const installing =
    programs['uv'] === undefined
      ? [
          run('python3', '-m', 'venv', environment),
          run(python, '-m', 'pip', 'install', '--quiet', wanted),
        ]
      : [
          run('uv', 'venv', '--quiet', environment),
          run('uv', 'pip', 'install', '--quiet', '--python', python, wanted),
        ];
  return {
    files: [{ path: script, content: loadScript }],
    commands: [...installing, run(python, script, name)],
    proves: 'installed, its modules import, what its scripts call is there',
  };
}

/** Texts of uv 0.13 and pip 23; a name that is known in other versions only counts, too. */
function lacking({ stdout, stderr }: CommandResult): readonly string[] {
  const output = `${stdout}\n${stderr}`.replace(/\s+/g, ' ');
  const texts = [
    /Because ([A-Za-z0-9._-]+) was not found in the package registry/g,
    /there (?:is|are) no versions? of ([A-Za-z0-9._-]+?)[\s<>=!~]/g,
    /No matching distribution found for ([A-Za-z0-9._-]+)/g,
  ];
  return captured(output, texts);
}
