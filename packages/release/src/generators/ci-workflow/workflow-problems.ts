import { ForgeError } from '@forge/ecosystems';
import type { VersionSource } from './version-source';

export interface WorkflowQuestion {
  /** The file that would be replaced, where that is not meant. */
  readonly existing: string | undefined;
  readonly hasPackageJson: boolean;
  readonly startsByTag: boolean;
  readonly tags: readonly string[];
  /** Wanted, and made by releases themselves. */
  readonly taken: readonly string[];
  readonly versions: VersionSource;
}

/** FORGE-C060, and FORGE-C061 for each reason why a workflow could not run or would run in circles. */
export function workflowProblems(question: WorkflowQuestion): ForgeError[] {
  const { existing, hasPackageJson, startsByTag, tags, taken, versions } = question;
  return [
    ...(existing === undefined ? [] : [alreadyThere(existing)]),
    ...(hasPackageJson ? [] : [nothingInstalls()]),
    ...(startsByTag && versions === 'asked' ? [nobodyToAsk()] : []),
    ...taken.map(madeByReleases),
    ...(startsByTag && taken.length === 0 && tags.length === 0 ? [madeByReleases('*')] : []),
  ];
}

function alreadyThere(file: string): ForgeError {
  return new ForgeError('FORGE-C060', { what: `\`${file}\` is there already`, where: { file } });
}

function nothingInstalls(): ForgeError {
  return new ForgeError('FORGE-C061', {
    what: 'there is no package.json from which a machine of the CI system could install Nx and Forge',
    fix: 'run `nx g @forge/release:init` in a workspace that has one',
  });
}

function nobodyToAsk(): ForgeError {
  return new ForgeError('FORGE-C061', {
    what: 'nothing says which version a release gets that a tag starts, and nobody can be asked',
    where: { file: 'nx.json' },
    fix: 'set `versionPlans` or `version.conventionalCommits` in `release`',
  });
}

function madeByReleases(tag: string): ForgeError {
  return new ForgeError('FORGE-C061', {
    what: `releases of this workspace make tags like \`${tag}\` themselves`,
    where: { file: 'nx.json' },
    fix: 'let other tags start a release, such as `--tags=release-*`, or change `releaseTag.pattern`',
  });
}
