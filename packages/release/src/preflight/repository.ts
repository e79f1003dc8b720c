import { ForgeError } from '@forge/ecosystems';
import type { Surroundings } from '../effects/surroundings';
import type { PublishUnit } from '../plan/publish-unit';
import type { PreflightReport } from './report';

/** Named in a message at most; of more, their number. */
const shownAtMost = 10;

/** FORGE-C003 */
export function dirtyTree({ changedFiles }: Surroundings): readonly ForgeError[] {
  if (changedFiles.length === 0) return [];
  const shown = changedFiles.slice(0, shownAtMost).map((file) => `\`${file}\``);
  const more =
    changedFiles.length > shown.length ? ` and ${changedFiles.length - shown.length} more` : '';
  const what = `these files differ from the last commit: ${shown.join(', ')}${more}`;
  return [new ForgeError('FORGE-C003', { what })];
}

/**
 * FORGE-C019, a warning; where it has to be agreed to, a no makes it a problem. A detached HEAD is what CI systems check
 * out, and says nothing.
 */
export async function branch(
  { branch: current, defaultBranch }: Surroundings,
  confirm: ((question: string) => Promise<boolean>) | undefined,
): Promise<Partial<PreflightReport>> {
  if (current === undefined || defaultBranch === undefined || current === defaultBranch) return {};
  const what = `this release is on the branch \`${current}\`, not on \`${defaultBranch}\``;
  const found = new ForgeError('FORGE-C019', { what });
  const isMeant = confirm ? await confirm(`${what}. Go on?`) : true;
  return isMeant ? { warnings: [found] } : { problems: [found] };
}

/** FORGE-C020 for each tag that the release is going to make and that is there. */
export function tagsThatExist(
  { tags }: Surroundings,
  planned: readonly string[],
): readonly ForgeError[] {
  return planned
    .filter((tag) => tags.has(tag))
    .map((tag) => new ForgeError('FORGE-C020', { what: `the tag \`${tag}\` exists already` }));
}

/** Tools write as much again beside the artifacts, and a build needs something to begin with. */
const factor = 3;
const atLeast = 64 * 1024 * 1024;

/** FORGE-C021 for each place where artifacts are made and that is nearly full. */
export function room(
  { room: places }: Surroundings,
  units: readonly PublishUnit[],
): readonly ForgeError[] {
  const size = units
    .flatMap(({ artifacts }) => artifacts)
    .reduce((sum, each) => sum + each.size, 0);
  const needed = atLeast + factor * size;
  return Object.entries(places)
    .filter(([, free]) => free !== undefined && free < needed)
    .map(([directory, free = 0]) => {
      const what = `\`${directory}\` has ${megabytes(free)} MB left, and this release may need ${megabytes(needed)} MB`;
      return new ForgeError('FORGE-C021', { what });
    });
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1024 / 1024);
}
