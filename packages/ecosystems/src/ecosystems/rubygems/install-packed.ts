import { posix } from 'node:path';
import type { Artifact, PackedContext, Verification } from '../../model';

/**
 * Installing a gem from its file builds its extensions. Without dependencies, which may be nowhere yet: building an
 * extension needs none of them. A gem that ships a crate is left to a rehearsal, where the crates that it needs are.
 */
export function installations(packed: readonly PackedContext[]): readonly Verification[] {
  return packed
    .filter(({ manifest }) => manifest.embeds.length === 0)
    .flatMap((context) =>
      context.artifacts
        .filter((artifact) => isForEveryPlatform(context, artifact))
        .map(({ path }) => install(context, path)),
    );
}

/** A gem for one platform holds what was built for it. */
function isForEveryPlatform({ manifest }: PackedContext, { filename }: Artifact): boolean {
  return filename === `${manifest.name}-${manifest.version.value}.gem`;
}

function install({ manifest, workDir, programs }: PackedContext, file: string): Verification {
  const home = posix.join(workDir, 'verify', manifest.name);
  return {
    manifests: [manifest],
    command: {
      program: programs['gem'] ?? 'gem',
      args: [
        ...['install', '--local', file, '--ignore-dependencies', '--no-document'],
        ...['--install-dir', home, '--bindir', posix.join(home, 'bin')],
      ],
      cwd: workDir,
      env: { GEM_HOME: home, GEM_PATH: home, HOME: home },
    },
  };
}
