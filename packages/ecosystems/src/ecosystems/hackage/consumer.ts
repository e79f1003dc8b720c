import { posix } from 'node:path';
import { captured, decodeSource } from '../../text';
import type {
  Command,
  CommandResult,
  ConsumeContext,
  Consumer,
  ConsumerFile,
  ConsumerHome,
  ConsumerPlace,
  Consumption,
} from '../../model';
import { parseLayout, type Element } from './cabal-file/layout';
import { parseNative } from './native-version';
import { readSdist } from './sdist-archive';

/** A program that depends on the library is built; executables are installed. */
export const consumer: Consumer = {
  needs: [
    { name: 'cabal', anyOf: ['cabal'], hint: 'install cabal-install 3.4 or later' },
    { name: 'ghc', anyOf: ['ghc'], hint: 'install GHC, which builds what is installed' },
  ],
  home,
  install,
  lacking,
};

/** One repository only; the store is private, so that everything is built from what it serves. */
function home({ endpoints, directory }: ConsumerPlace): ConsumerHome {
  const cabal = posix.join(directory, 'cabal');
  const config = posix.join(directory, 'cabal.config');
  const lines = [
    'repository forge',
    `  url: ${endpoints['repository'] ?? ''}`,
    '  secure: False',
    `remote-repo-cache: ${cabal}/packages`,
    `store-dir: ${cabal}/store`,
    `logs-dir: ${cabal}/logs`,
    'documentation: False',
  ];
  return {
    files: [{ path: config, content: `${lines.join('\n')}\n` }],
    env: { CABAL_DIR: cabal, CABAL_CONFIG: config },
  };
}

function install(context: ConsumeContext): Consumption {
  const { library, executables } = componentsIn(context);
  const project = posix.join(context.directory, 'consumer');
  const update = cabal(context, context.directory, ['update', '-v0']);
  const build = cabal(context, project, ['build', '-v1', ...jobs, 'consumer']);
  const proofs = [library && 'built as a dependency', executables && 'its executables installed'];
  return {
    files: library ? projectFiles(context, project) : [],
    commands: [
      update,
      ...(library ? [build] : []),
      ...(executables ? [installExecutables(context)] : []),
    ],
    proves: proofs.filter(Boolean).join(', '),
  };
}

const jobs = ['-j1', '-O0'];

/** What cannot be read is taken for a library: then cabal says what is wrong with it. */
function componentsIn({ artifacts }: ConsumeContext): {
  readonly library: boolean;
  readonly executables: boolean;
} {
  const [sdist] = artifacts.flatMap(({ bytes }) => {
    const archive = readSdist(bytes);
    return archive.ok ? [archive.value] : [];
  });
  const source = sdist && decodeSource('package.cabal', sdist.cabal, { toleratesLatin1: true });
  const layout = source?.ok ? parseLayout(source.value) : undefined;
  if (!layout?.ok) return { library: true, executables: false };
  const has = (name: string): boolean =>
    layout.value.some((each: Element) => each.kind === 'section' && each.name === name);
  const executables = has('executable');
  // Before Cabal 1.2 a library had no section of its own.
  return { library: has('library') || !executables, executables };
}

/** A candidate stands in no index: it is taken from its own address, as a person would try it. */
function projectFiles(
  { name, version, endpoints }: ConsumeContext,
  directory: string,
): readonly ConsumerFile[] {
  const native = parseNative(version);
  const released = native?.released ?? version;
  const id = `${name}-${released}`;
  const candidate = `${endpoints['repository'] ?? ''}/package/${id}/candidate/${id}.tar.gz`;
  const packages = native?.candidate === undefined ? ['.'] : ['.', candidate];
  const cabalFile = [
    'cabal-version: 2.4',
    'name: consumer',
    'version: 0',
    '',
    'executable consumer',
    '  main-is: Main.hs',
    `  build-depends: base, ${name} ==${released}`,
    '  default-language: Haskell2010',
  ];
  return [
    { path: posix.join(directory, 'consumer.cabal'), content: `${cabalFile.join('\n')}\n` },
    {
      path: posix.join(directory, 'cabal.project'),
      content: `packages: ${packages.join('\n          ')}\n`,
    },
    {
      path: posix.join(directory, 'Main.hs'),
      content: 'module Main where\n\nmain :: IO ()\nmain = pure ()\n',
    },
  ];
}

function installExecutables(context: ConsumeContext): Command {
  const { name, version, directory } = context;
  const released = parseNative(version)?.released ?? version;
  const target = posix.join(directory, 'installed');
  const args = ['--ignore-project', '--install-method=copy', `--installdir=${target}`];
  return cabal(context, directory, ['install', '-v1', ...jobs, ...args, `${name}-${released}`]);
}

function cabal({ programs }: ConsumeContext, cwd: string, args: readonly string[]): Command {
  // What cabal 3.4 speaks over plain http goes through every proxy that it finds: it knows no `no_proxy`.
  const env = { http_proxy: '', HTTP_PROXY: '' };
  return { program: programs['cabal'] ?? 'cabal', args, cwd, env };
}

/** Texts of cabal 3.4, which breaks lines where it likes. */
function lacking({ stdout, stderr }: CommandResult): readonly string[] {
  const output = `${stdout}\n${stderr}`.replace(/\s+/g, ' ');
  const texts = [/unknown package: ([\w-]+)/g, /There is no package named '([\w-]+)'/g];
  return captured(output, texts);
}
