import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { unpackTarGz } from '../../archive';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Command,
  type Manifest,
  type PackageContext,
  type Tool,
  type Upload,
  type UploadContext,
} from '../../model';
import { setup } from './ci-setup';
import { consumer } from './consumer';
import { publicEndpoints } from './endpoints';
import { parseNative, spellNative } from './native-version';
import { classifyUpload } from './outcome';
import { maximumUnpacked, readSdist } from './sdist-archive';
import { withdraw } from './withdraw';

const cabal = {
  name: 'cabal',
  anyOf: ['cabal'],
  hint: 'install cabal-install 3.4 or later; neither packing nor uploading needs a compiler',
  setup,
};

/** `cabal sdist` packs, `cabal upload` uploads that very file. */
export const tool: Tool = {
  needs: () => ({ package: [cabal], publish: [cabal] }),

  package: (context) =>
    ok({
      commands: [sdist(context)],
      artifactDir: context.outDir,
      isArtifact: (filename) => filename === filenameOf(context.manifest),
    }),

  uploads: (context) => context.artifacts.map(({ path }) => upload(context, path)),

  consumer,
  withdraw,

  unpack: (filename, bytes) => unpackTarGz(filename, bytes, maximumUnpacked),

  inspect(filename, bytes) {
    const archive = readSdist(bytes);
    if (!archive.ok) {
      const what = `\`${filename}\` is no sdist: ${archive.problems[0]?.what ?? 'unreadable'}`;
      return fail(new ForgeError('FORGE-A003', { what }));
    }
    const { name, version, candidate, files } = archive.value;
    const members = [...files].map(([path, content]) => [path, sha256(content)] as const);
    return ok({
      name,
      version: spellNative(version, candidate),
      members: new Map(members.sort(([a], [b]) => (a < b ? -1 : 1))),
    });
  },
};

/** An archive of a candidate has the name of the version that it is to become. */
function filenameOf({ name, version }: Manifest): string {
  return `${name}-${parseNative(version.value ?? '')?.released}.tar.gz`;
}

/**
 * Without a project: `cabal.project` may name packages and repositories that packing does not need. cabal 3.4
 * writes every member with the time 2001-09-09, so that the same tree gives the same bytes.
 */
function sdist(context: PackageContext): Command {
  const { manifest, exportRoot, outDir, workDir } = context;
  return {
    program: context.programs['cabal'] ?? 'cabal',
    args: [
      'sdist',
      '--ignore-project',
      `--builddir=${posix.join(workDir, 'dist', manifest.name)}`,
      `--output-directory=${outDir}`,
    ],
    cwd: posix.join(exportRoot, posix.dirname(manifest.file)),
    ...privateCabal(workDir, `package-${manifest.name}`, ''),
  };
}

function upload(context: UploadContext, artifact: string): Upload {
  const { endpoints, manifest, workDir } = context;
  const { lines, secretEnv } = credentialsOf(context);
  const settings = [
    ...lines,
    'repository forge',
    `  url: ${endpoints['repository'] ?? ''}`,
    '  secure: False',
  ];
  return {
    kind: 'command',
    command: {
      program: context.programs['cabal'] ?? 'cabal',
      // Without the flag it is a candidate: a version that is not meant to be final is never published by mistake.
      args: ['upload', ...(isFinal(manifest) ? ['--publish'] : []), artifact],
      cwd: workDir,
      ...privateCabal(workDir, `upload-${manifest.name}`, `${settings.join('\n')}\n`),
      ...(secretEnv && { secretEnv }),
    },
    classify: classifyUpload,
  };
}

function isFinal({ version }: Manifest): boolean {
  const native = parseNative(version.value ?? '');
  return native !== undefined && native.candidate === undefined;
}

const passwordVariable = 'FORGE_HACKAGE_PASSWORD';

/**
 * cabal has no variable for credentials, and its flags would show them in the list of processes. It runs
 * `password-command` without a shell (3.4), so the secret stays in the environment and no file holds it. For a
 * registry token it has no command: only where Hackage itself is given one, a private file holds it, read by cabal
 * 3.12 and later. A token in the form `user:password` is an account of its own.
 */
function credentialsOf({ token, username, endpoints }: UploadContext): {
  readonly lines: readonly string[];
  readonly secretEnv?: Readonly<Record<string, string>>;
} {
  if (token === undefined) return { lines: [] };
  const [, user, password] =
    username === undefined ? (/^([^:]+):(.*)$/.exec(token) ?? []) : [token, username, token];
  const needsToken = user === undefined && endpoints['repository'] === publicEndpoints.repository;
  return {
    lines: [
      `username: ${user ?? 'forge'}`,
      `password-command: printenv ${passwordVariable}`,
      ...(needsToken ? [`token: ${token}`] : []),
    ],
    secretEnv: { [passwordVariable]: password ?? token },
  };
}

/**
 * A private home with one repository at most: `cabal upload` goes to the last one of its config file, and
 * without a config file it writes one that names the public registry. It must be a regular file: told to read
 * `/dev/stdin`, cabal 3.4 does not find it and, run as root, puts such a config file in the place of the device.
 * `use` keeps packages that run side by side apart.
 */
function privateCabal(
  workDir: string,
  use: string,
  config: string,
): Pick<Command, 'env' | 'privateFiles'> {
  const home = posix.join(workDir, 'cabal');
  const path = posix.join(workDir, `cabal-${use}.config`);
  const content = `-- Written for one run of cabal.\n${config}`;
  return {
    env: { CABAL_DIR: home, CABAL_CONFIG: path, HOME: home },
    privateFiles: [{ path, content }],
  };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
