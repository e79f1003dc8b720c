import { answerInPlace, commitsAsPlan, watchForCopies } from './nx-answers';
import type { NxProject, NxReleaseGroup } from './nx-run';
import { withoutRivals } from './rival-plans';

function released(name: string, ...projects: string[]): [NxReleaseGroup, NxProject[]] {
  const group = { name, projects, versionPlans: false, resolvedVersionPlans: false };
  const members = projects.map((nxName) => ({
    nxName,
    project: nxName,
    group: group as unknown as NxReleaseGroup,
    configuration: { specifierSource: 'conventional-commits' } as NxProject['configuration'],
  }));
  return [group as unknown as NxReleaseGroup, members];
}

/** As `deriveSpecifierFromVersionPlan` of Nx 23.2 reads the first plan. */
function asNxReads({ resolvedVersionPlans }: NxReleaseGroup, project: string): unknown[] {
  const [plan] = resolvedVersionPlans as unknown as {
    readonly projectVersionBumps: Record<string, unknown>;
    readonly groupVersionBump: unknown;
    readonly relativePath: string;
  }[];
  return [plan?.projectVersionBumps[project], plan?.groupVersionBump, plan?.relativePath];
}

describe('answering in the place of Nx', () => {
  it('is asked when Nx reads, and not before', () => {
    const [group, members] = released('core', 'a', 'b');
    const asked: string[] = [];
    answerInPlace(group, members, (key) => (asked.push(key), `bump of ${key}`));
    expect(asked).toEqual([]);
    expect(asNxReads(group, 'b')).toEqual(['bump of b', 'bump of core', commitsAsPlan]);
    expect(asked).toEqual(['b', 'core']);
    expect(group.versionPlans).toBe(true);
    expect(members.map(({ configuration }) => configuration.specifierSource)).toEqual([
      'version-plans',
      'version-plans',
    ]);
  });

  it('lets problems come out where Nx asks', () => {
    const [group, members] = released('core', 'a');
    answerInPlace(group, members, () => {
      throw new Error('shallow');
    });
    expect(() => asNxReads(group, 'a')).toThrow('shallow');
  });

  it('can be undone, so that changelogs are made of commits', () => {
    const [group, members] = released('core', 'a');
    const before = structuredClone({ ...group });
    answerInPlace(group, members, () => 'none')();
    expect({ ...group }).toEqual(before);
    expect(members[0]?.configuration.specifierSource).toBe('conventional-commits');
  });
});

describe('a copy that Nx makes of a release group', () => {
  it('is seen, and plain reading is none', () => {
    const [group] = released('core', 'a');
    const isCopied = watchForCopies(group);
    expect([group.name, JSON.stringify(group), isCopied()].at(-1)).toBe(false);
    expect({ ...group, versionPlans: false }.name).toBe('core');
    expect(isCopied()).toBe(true);
  });
});

describe('several version plans', () => {
  type Plans = Parameters<typeof withoutRivals>[0];
  const plans = (...some: object[]): Plans => some as unknown as Plans;
  const project = (projectVersionBumps: object): object => ({ projectVersionBumps });
  const group = (groupVersionBump: string): object => ({ groupVersionBump });

  it('leave a project whose version is no SemVer in the one with the highest bump', () => {
    const given = plans(
      project({ odd: 'patch', even: 'patch' }),
      project({ odd: 'minor', even: 'minor' }),
      project({ odd: 'patch' }),
    );
    expect(withoutRivals(given, ['odd'])).toEqual([
      project({ even: 'patch' }),
      project({ odd: 'minor', even: 'minor' }),
      project({}),
    ]);
  });

  it('of a fixed group are one, where a member has no SemVer version', () => {
    const given = plans(group('patch'), group('major'), group('minor'));
    expect(withoutRivals(given, ['odd'])).toEqual([group('major')]);
    expect(withoutRivals(given, [])).toBe(given);
  });
});
