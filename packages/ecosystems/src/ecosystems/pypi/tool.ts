import { unpackTarGz, unreadable, zipMembers } from '../../archive';
import { ForgeError } from '../../errors';
import {
  fail,
  ok,
  type ArtifactContent,
  type Manifest,
  type Result,
  type Tool,
  type UnpackedArtifact,
} from '../../model';
import { backendOf, type Backend } from './backend';
import { buildRecipe } from './build-recipe';
import { installedByPip, rust } from './ci-setup';
import { consumer } from './consumer';
import { agreed } from './contradictions';
import { maximumUnpackedBytes, readDistribution } from './distribution';
import { refusedPlatform } from './platform-tag';
import { uploads } from './upload-commands';
import { withdraw } from './withdraw';

/** maturin, uv and build make the artifacts; twine or uv upload them. */
export const tool: Tool = {
  needs: (manifest) => ({ package: builders(backendOf(manifest), manifest), publish: [uploader] }),
  package: (context) => ok(buildRecipe(context)),
  uploads,
  consumer,
  withdraw,
  inspect,
  unpack,
  refused: refusedPlatform,
};

const uploader = {
  name: 'twine',
  anyOf: ['twine', 'uv'],
  hint: 'pip install twine',
  setup: installedByPip('twine'),
};

function builders(backend: Backend, { embeds }: Manifest) {
  const compiler =
    embeds.length > 0
      ? [{ name: 'cargo', anyOf: ['cargo'], hint: 'install Rust with rustup', setup: rust }]
      : [];
  const { tool: name, programs: anyOf, hint, setup } = backend;
  return [{ name, anyOf, hint, setup }, ...compiler];
}

function inspect(filename: string, bytes: Uint8Array): Result<ArtifactContent> {
  const read = readDistribution(filename, bytes);
  if (!read.ok)
    return fail(...read.problems.map(({ what }) => new ForgeError('FORGE-A003', { what })));
  const distribution = agreed(filename, read.value);
  if (!distribution.ok) return distribution;
  const { metadata, members } = distribution.value;
  return ok({ name: metadata.name, version: metadata.version, members });
}

function unpack(filename: string, bytes: Uint8Array): Result<UnpackedArtifact> {
  if (!filename.endsWith('.whl')) return unpackTarGz(filename, bytes, maximumUnpackedBytes);
  const found = zipMembers(bytes, maximumUnpackedBytes);
  return found.ok ? ok({ top: '', members: found.value }) : unreadable(filename, found.problems);
}
