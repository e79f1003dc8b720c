import { ForgeError } from '@forge/ecosystems';
import type { ForgeRelease } from '../record/planned-release';
import { forges } from './forges';

/** The header that says who shows a release; undefined where no token is set. */
export function tokenHeader({ provider }: ForgeRelease): Record<string, string> | undefined {
  for (const [variable, header, prefix] of forges[provider]?.tokens ?? []) {
    const token = process.env[variable];
    if (token) return { [header]: `${prefix}${token}` };
  }
  return undefined;
}

/** FORGE-L013 for each repository that nobody has a token for. */
export function forgeTokenProblems(releases: readonly ForgeRelease[]): readonly ForgeError[] {
  const lacking = releases.filter((release) => !tokenHeader(release));
  const byRepository = new Map(lacking.map((release) => [release.repository, release]));
  return [...byRepository.values()].map(noToken);
}

function noToken({ provider, repository }: ForgeRelease): ForgeError {
  const names = (forges[provider]?.tokens ?? []).map(([variable]) => `\`${variable}\``);
  const what = `no token to show the release in \`${repository}\``;
  return new ForgeError('FORGE-L013', { what, fix: `set ${names.join(' or ')}` });
}
