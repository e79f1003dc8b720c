import { posix } from 'node:path';
import { digest, unpackTarGz } from '../../archive';
import {
  ok,
  type Command,
  type Manifest,
  type PackageContext,
  type PackageRecipe,
  type PackedContext,
  type Result,
  type Tool,
  type Upload,
  type UploadContext,
  type Verification,
} from '../../model';
import { maxUnpackedBytes, readCrate } from './registry/archive';
import { setup } from './ci-setup';
import { consumer } from './consumer';
import { variablePart } from './access/configuration';
import { publicEndpoints } from './endpoints';
import { classifyPublish } from './registry/transcript';
import { withdraw } from './withdraw';

const cargoNeed = {
  name: 'cargo',
  anyOf: ['cargo'],
  hint: 'install Rust with rustup or from your distribution',
  setup,
};

/** Homes of a toolchain that is not where it is by default. */
const passEnv = ['CARGO_HOME', 'RUSTUP_HOME', 'RUSTUP_TOOLCHAIN'];

/** Never a colour code in what we classify, never minutes of retries (cargo retries reads 3 times by default). */
const quiet = { CARGO_TERM_COLOR: 'never', CARGO_NET_RETRY: '1' };

export const tool: Tool = {
  needs: () => ({ package: [cargoNeed], publish: [cargoNeed] }),
  package: packageRecipe,
  repacks: true,
  uploads: (context) => [publishUpload(context)],
  verify: verifications,
  consumer,
  withdraw,
  unpack: (filename, bytes) => unpackTarGz(filename, bytes, maxUnpackedBytes),
  inspect(_filename, bytes) {
    const crate = readCrate(bytes, 'FORGE-A003');
    if (!crate.ok) return crate;
    const { name, version, files } = crate.value;
    const members = [...files]
      .filter(([path]) => !isVolatile(path))
      .map(([path, content]) => [path, digest('sha256', content)] as const);
    return ok({ name, version, members: new Map(members) });
  },
};

/**
 * The recorded commit, and the lock file that cargo resolves anew for every package: it names the
 * digests of dependencies as the registry has them, and no dependent of a crate ever reads it.
 */
function isVolatile(path: string): boolean {
  return path === '.cargo_vcs_info.json' || path === 'Cargo.lock';
}

/**
 * `cargo package` resolves the lock file that goes into a crate, and so fails for dependencies that no
 * registry has yet. Packaged together, crates of one workspace see each other (cargo 1.90 and later, an
 * overlay in `target/package/tmp-registry`). Local crates of another workspace it cannot see:
 * then the lock file stays out, and nothing is resolved.
 */
function packageRecipe(context: PackageContext): Result<PackageRecipe> {
  const { manifest, workDir } = context;
  const target = posix.join(workDir, 'package', manifest.name);
  const mates = matesOf(context);
  const seesAll = isResolvable(context, mates);
  const members = seesAll ? [...mates, manifest] : [manifest];
  const command = cargo(context, [
    'package',
    ...['--no-verify', '--allow-dirty', '--offline', '--target-dir', target],
    ...(seesAll ? [] : ['--exclude-lockfile']),
    ...members.flatMap((member) => ['-p', packageId(member)]),
  ]);
  const filename = `${manifest.name}-${manifest.version.value}.crate`;
  return ok({
    commands: [{ ...command, passEnv }],
    artifactDir: posix.join(target, 'package'),
    isArtifact: (name) => name === filename,
  });
}

function matesOf({ manifest, localDependencies }: PackageContext): readonly Manifest[] {
  const isMate = (other: Manifest): boolean => workspaceOf(other) === workspaceOf(manifest);
  return localDependencies.filter((other) => isMate(other) && !other.private);
}

/**
 * cargo unpacks what it packs and compiles it, crates of one workspace against each other: all at once, because every
 * `-p` is verified anew in each run. Offline, so third-party crates have to be there. Crates that need one of another
 * workspace cannot be resolved before that one is live.
 */
function verifications(packed: readonly PackedContext[]): readonly Verification[] {
  const resolvable = packed.filter((context) => isResolvable(context, matesOf(context)));
  const roots = [...new Set(resolvable.map(({ manifest }) => workspaceOf(manifest)))];
  return roots.flatMap((root) => {
    const contexts = resolvable.filter(({ manifest }) => workspaceOf(manifest) === root);
    const [context] = contexts;
    if (!context) return [];
    const manifests = contexts.map(({ manifest }) => manifest);
    const members = new Set([...contexts.flatMap(matesOf), ...manifests].map(packageId));
    const target = posix.join(context.workDir, 'verify', digest('sha256', root).slice(0, 12));
    const command = cargo(context, [
      ...['package', '--allow-dirty', '--offline', '--target-dir', target],
      ...[...members].flatMap((id) => ['-p', id]),
    ]);
    return [{ manifests, command: { ...command, passEnv } }];
  });
}

/** With the version: a crate of the same name may stand in the lock file. */
function packageId({ name, version }: Manifest): string {
  return version.value === null ? name : `${name}@${version.value}`;
}

/** A manifest's inputs name the root of its workspace; without one it is a workspace of its own. */
function workspaceOf({ file, inputs }: Manifest): string {
  return inputs[0] ?? file;
}

/** Dev-dependencies by path have no version in publishable form, and are not resolved. */
function isResolvable(
  { manifest, localDependencies }: PackageContext,
  mates: readonly Manifest[],
): boolean {
  const names = new Set([...mates, manifest].map(({ name }) => name));
  const needed = [...localDependencies, manifest].flatMap(({ dependencies }) => dependencies);
  return needed.every(
    ({ name, kind, path }) => kind === 'dev' || path === undefined || names.has(name),
  );
}

function cargo(
  { manifest, exportRoot, programs }: PackageContext | UploadContext,
  args: readonly string[],
): Command {
  return {
    program: programs['cargo'] ?? 'cargo',
    args,
    cwd: posix.join(exportRoot, posix.dirname(manifest.file)),
    env: quiet,
  };
}

/** cargo packs again when it publishes; from the same files and with the same lock file it packs the same bytes. */
function publishUpload(context: UploadContext): Upload {
  const { manifest, workDir, endpoints } = context;
  const target = posix.join(workDir, 'publish', manifest.name);
  const args = [
    'publish',
    '--no-verify',
    '--allow-dirty',
    '--target-dir',
    target,
    '-p',
    packageId(manifest),
  ];
  const isPublic = endpoints['index'] === publicEndpoints.index;
  return {
    kind: 'command',
    command: isPublic
      ? toPublic(context, args)
      : endpoints['name'] === undefined
        ? toOther(context, args)
        : toNamed(context, endpoints['name'], args),
    classify: classifyPublish,
  };
}

/** Named explicitly: without `--registry` cargo follows `registry.default` of the user's configuration. */
function toPublic(context: UploadContext, args: readonly string[]): Command {
  const { token } = context;
  return {
    ...cargo(context, [...args, '--registry', 'crates-io']),
    passEnv,
    ...(token !== undefined && { secretEnv: { CARGO_REGISTRY_TOKEN: token } }),
  };
}

/** The registry that the crate itself names, beside crates.io as in the person's own configuration. */
function toNamed(context: UploadContext, name: string, args: readonly string[]): Command {
  const { token, endpoints } = context;
  const variables = `CARGO_REGISTRIES_${variablePart(name)}`;
  const base = cargo(context, [...args, '--registry', name]);
  return {
    ...base,
    passEnv,
    env: {
      ...base.env,
      [`${variables}_INDEX`]: `sparse+${endpoints['index']}/`,
      [`${variables}_CREDENTIAL_PROVIDER`]: 'cargo:token',
    },
    ...(token !== undefined && { secretEnv: { [`${variables}_TOKEN`]: token } }),
  };
}

/**
 * Another registry stands in for crates.io, so that manifests publish as they are. The replacement must be
 * a flag (cargo 1.95 ignores `CARGO_SOURCE_CRATES_IO_REPLACE_WITH`), and the home private: the real one
 * holds the user's tokens and would keep what an index of a rehearsal said.
 */
function toOther(context: UploadContext, args: readonly string[]): Command {
  const { manifest, token, workDir, endpoints } = context;
  // The name that the crate allows: cargo refuses every other one.
  const name = manifest.registry ?? 'forge';
  const variables = `CARGO_REGISTRIES_${variablePart(name)}`;
  const index = `sparse+${endpoints['index']}/`;
  const base = cargo(context, [
    ...['--config', `source.crates-io.replace-with="${name}"`, ...args],
    ...['--registry', name],
  ]);
  return {
    ...base,
    passEnv: passEnv.filter((name) => name !== 'CARGO_HOME'),
    env: {
      ...base.env,
      CARGO_HOME: posix.join(workDir, `home-${digest('sha256', index).slice(0, 12)}`),
      [`${variables}_INDEX`]: index,
      [`${variables}_CREDENTIAL_PROVIDER`]: 'cargo:token',
    },
    ...(token !== undefined && { secretEnv: { [`${variables}_TOKEN`]: token } }),
  };
}
