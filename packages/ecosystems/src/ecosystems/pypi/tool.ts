import { ForgeError } from '../../errors';
import { fail, ok, type ArtifactContent, type Manifest, type Result, type Tool } from '../../model';
import { backendOf, type Backend } from './backend';
import { buildRecipe } from './build-recipe';
import { consumer } from './consumer';
import { readDistribution } from './distribution';
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
};

const uploader = {
  name: 'twine',
  anyOf: ['twine', 'uv'],
  hint: 'pip install twine',
};

function builders(backend: Backend, { embeds }: Manifest) {
  const compiler =
    embeds.length > 0
      ? [{ name: 'cargo', anyOf: ['cargo'], hint: 'install Rust with rustup' }]
      : [];
  return [{ name: backend.tool, anyOf: backend.programs, hint: backend.hint }, ...compiler];
}

function inspect(filename: string, bytes: Uint8Array): Result<ArtifactContent> {
  const read = readDistribution(filename, bytes);
  if (!read.ok)
    return fail(...read.problems.map(({ what }) => new ForgeError('FORGE-A003', { what })));
  const { metadata, members } = read.value;
  return ok({ name: metadata.name, version: metadata.version, members });
}
