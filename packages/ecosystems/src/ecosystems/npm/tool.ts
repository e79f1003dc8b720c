import { posix } from 'node:path';
import { unpackTarGz } from '../../archive';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type Command,
  type Manifest,
  type PackageContext,
  type PackageRecipe,
  type Result,
  type Tool,
  type ToolNeed,
  type Upload,
  type UploadContext,
} from '../../model';
import { consumer } from './consumer';
import { isScoped } from './access/provenance';
import { packedFilename, publishedVersion } from './names';
import { needsBuild } from './promises';
import { identityVariables, statementVariables } from './provenance-variables';
import { maxUnpackedBytes, parsePackageJson, readTarball } from './tarball';
import { classifyPublish } from './transcript';
import { withdraw } from './withdraw';

const npmCli: ToolNeed = {
  name: 'npm',
  anyOf: ['npm'],
  hint: 'it comes with Node.js; version 10 or newer',
};

export const tool: Tool = {
  needs: () => ({ package: [npmCli], publish: [npmCli] }),
  package: packageRecipe,
  uploads,
  consumer,
  withdraw,
  unpack: (filename, bytes) => unpackTarGz(filename, bytes, maxUnpackedBytes),
  inspect: (filename, bytes) => {
    const content = readTarball(bytes);
    if (content.ok) return content;
    const [problem] = content.problems;
    const what = `\`${filename}\` is no npm package: ${problem?.what}`;
    return fail(new ForgeError('FORGE-A003', { what }));
  },
};

/**
 * The `build` script runs first where promised files are missing and nothing else would make them.
 * `npm pack` runs `prepack`, `prepare` and `postpack`, as it always does. It does not run `prepublishOnly`:
 * that is where `napi prepublish` publishes the packages of other platforms.
 */
function packageRecipe(context: PackageContext): Result<PackageRecipe> {
  const { manifest, exportRoot, outDir, workDir, programs } = context;
  const { name, version } = manifest;
  if (version.value === null)
    return fail(
      new ForgeError('FORGE-M005', {
        what: `\`${name}\` has no version`,
        where: { file: manifest.file },
      }),
    );
  const filename = packedFilename(name, version.value);
  const directory = posix.join(exportRoot, posix.dirname(manifest.file));
  const npm = (...args: readonly string[]): Command => ({
    program: programs['npm'] ?? 'npm',
    args,
    cwd: directory,
    // The settings reach an npm that a lifecycle script starts, too. A user's own .npmrc has no say.
    env: { ...settings(workDir), npm_config_offline: 'true' },
    // For a script that builds an embedded crate.
    passEnv: ['CARGO_HOME', 'RUSTUP_HOME'],
  });
  const json = parsePackageJson(context.files.read(posix.join(exportRoot, manifest.file)));
  const exists = (file: string): boolean =>
    context.files.read(posix.join(directory, file)) !== undefined;
  const pack = npm('pack', '--pack-destination', outDir, '--dry-run=false', '--json=false');
  return ok({
    commands: needsBuild(json, exists) ? [npm('run', 'build'), pack] : [pack],
    artifactDir: outDir,
    isArtifact: (file) => file === filename,
  });
}

function settings(workDir: string): Record<string, string> {
  return {
    npm_config_cache: posix.join(workDir, 'npm-cache'),
    npm_config_userconfig: posix.join(workDir, 'npm.npmrc'),
    npm_config_globalconfig: posix.join(workDir, 'npm-global.npmrc'),
    npm_config_update_notifier: 'false',
  };
}

function uploads(context: UploadContext): readonly Upload[] {
  return context.artifacts.map((artifact) => ({
    kind: 'command',
    command: publishCommand(context, artifact.path),
    classify: classifyPublish,
  }));
}

/**
 * Given a tarball, `npm publish` (11) sends its bytes as they are and runs no script. A registry in `publishConfig`
 * is beaten by flags only, one of the scope in an .npmrc by the flag of the scope only: so both are flags. It runs
 * in a directory without package.json and .npmrc. The token is in the environment; the file names the variable.
 */
function publishCommand(context: UploadContext, tarball: string): Command {
  const { manifest, workDir, programs, token, username, tag, provenance = false, otp } = context;
  const registry = `${(context.endpoints['registry'] ?? '').replace(/\/+$/, '')}/`;
  const scope = /^@[^/]+(?=\/)/.exec(manifest.name)?.[0];
  // One file per upload: several run side by side, and each removes its own.
  const userconfig = posix.join(workDir, `npm-${posix.basename(tarball)}.npmrc`);
  const access = context.access ?? (provenance ? usualAccess(manifest) : undefined);
  const args = [
    ...['publish', tarball, `--registry=${registry}`],
    ...(scope === undefined ? [] : [`--${scope}:registry=${registry}`]),
    ...(tag === undefined ? [] : [`--tag=${tag}`]),
    ...(access === undefined ? [] : [`--access=${access}`]),
    // npm 11 repeats a PUT after 10 s and 60 s on 429 and 5xx; asking again is the caller's affair.
    ...[
      '--fetch-retries=0',
      `--provenance=${provenance}`,
      '--dry-run=false',
      '--json=false',
      '--force=false',
    ],
    ...[`--userconfig=${userconfig}`, '--workspaces=false', '--prefix', workDir],
  ];
  const key = username === undefined ? '_authToken' : '_auth';
  const line = `${registry.replace(/^https?:/, '')}:${key}=\${${tokenVariable}}\n`;
  return {
    program: programs['npm'] ?? 'npm',
    args,
    cwd: workDir,
    env: { ...settings(workDir), ...defaultTag(manifest.version.value ?? ''), HOME: workDir },
    ...(provenance ? { passEnv: statementVariables, passSecretEnv: identityVariables } : {}),
    ...(token === undefined
      ? {}
      : {
          secretEnv: {
            [tokenVariable]: username === undefined ? token : basic(username, token),
            ...(otp === undefined ? {} : { npm_config_otp: otp }),
          },
          privateFiles: [{ path: userconfig, content: line }],
        }),
  };
}

/** What has no scope is public anyway; of a new name, npm makes no statement before it is told so. */
function usualAccess({ name }: Manifest): UploadContext['access'] {
  return isScoped(name) ? undefined : 'public';
}

const tokenVariable = 'FORGE_NPM_TOKEN';

function basic(username: string, password: string): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}

/**
 * npm 11 refuses a prerelease without a tag: it gets the one that its first identifier names, else `next`. In the
 * environment, so that `publishConfig.tag` and the flag come first.
 */
function defaultTag(version: string): Record<string, string> {
  const [, identifier] = /^[\d.]+-([a-zA-Z][a-zA-Z-]*)?/.exec(publishedVersion(version)) ?? [];
  if (!publishedVersion(version).includes('-')) return {};
  return {
    npm_config_tag: identifier === undefined || identifier === 'latest' ? 'next' : identifier,
  };
}
