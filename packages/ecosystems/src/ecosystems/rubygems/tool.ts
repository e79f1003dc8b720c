import { digest, readTar, tarMembers, unreadable } from '../../archive';
import { ForgeError } from '../../errors';
import { fail, ok, type ArtifactContent, type Result, type Tool, type ToolNeed } from '../../model';
import { setup } from './ci-setup';
import { consumer } from './consumer';
import { readGem } from './gem-file';
import { installations } from './install-packed';
import { packageGem } from './package-gem';
import { uploadGem } from './upload-gem';
import { withdraw } from './withdraw';

const gem: ToolNeed = {
  name: 'gem',
  anyOf: ['gem'],
  hint: 'install Ruby, which brings RubyGems',
  setup,
};
const git: ToolNeed = {
  name: 'git',
  anyOf: ['git'],
  hint: 'install git: many gemspecs list their files with `git ls-files`',
};

/** `gem build` and `gem push`. */
export const tool: Tool = {
  needs: () => ({ package: [gem, git], publish: [gem] }),
  package: (context) => ok(packageGem(context)),
  uploads: (context) => context.artifacts.map((artifact) => uploadGem(artifact, context)),
  inspect,
  verify: installations,
  unpack: (filename, bytes) => {
    const gem = readGem(bytes, readTar);
    return gem.ok
      ? ok({ top: '', members: tarMembers(gem.value.content) })
      : unreadable(filename, gem.problems);
  },
  consumer,
  withdraw,
};

/** `checksums.yaml.gz` repeats the other members, and signatures differ with each signing: neither is content. */
function inspect(filename: string, bytes: Uint8Array): Result<ArtifactContent> {
  const gem = readGem(bytes);
  if (!gem.ok) {
    const what = `\`${filename}\` is no gem: ${gem.problems.map((problem) => problem.what).join('; ')}`;
    return fail(new ForgeError('FORGE-A003', { what }));
  }
  const { specification, metadata, content } = gem.value;
  const files = content.map(
    (entry) => [entry.name, digest('sha256', entry.linkname ?? entry.content)] as const,
  );
  const members = new Map([...files, ['metadata.gz', digest('sha256', lastingLines(metadata))]]);
  return ok({ name: specification.name, version: specification.version, members });
}

/** The metadata without the day of the build and the RubyGems that built it. */
function lastingLines(metadata: string): string {
  const volatile = /^(date|rubygems_version):/;
  return metadata
    .split('\n')
    .filter((line) => !volatile.test(line))
    .join('\n');
}
