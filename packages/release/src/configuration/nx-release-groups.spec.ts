import { matchProjects } from './match-projects';
import { nxReleaseGroups, type NxReleaseSettings } from './nx-release-groups';

const projects = [
  { name: 'tasker-core', root: '.', tags: ['forge:cargo'] },
  { name: 'tasker-rb', root: 'crates/tasker-rb', tags: ['forge:rubygems', 'forge:published'] },
  { name: '@tasker/web', root: 'web/app', tags: ['forge:npm', 'forge:published'] },
  { name: 'demo', root: 'crates/demo', tags: [] },
];

describe('patterns of projects', () => {
  it.each([
    [['tasker-rb'], 'tasker-rb'],
    [['tasker-*'], 'tasker-core tasker-rb'],
    [['*'], 'tasker-core tasker-rb @tasker/web demo'],
    [['tag:forge:published'], 'tasker-rb @tasker/web'],
    [['tag:forge:{cargo,npm}'], 'tasker-core @tasker/web'],
    [['directory:crates/*'], 'tasker-rb demo'],
    [['crates/*'], 'tasker-rb demo'],
    [['web'], '@tasker/web'],
    [['core'], ''],
    [['!demo'], 'tasker-core tasker-rb @tasker/web'],
    [['*', '!tag:forge:published'], 'tasker-core demo'],
    [['nobody'], ''],
  ])('%j mean: %s', (patterns, expected) => {
    expect(matchProjects(patterns, projects).join(' ')).toBe(expected);
  });
});

describe('the release groups of nx.json', () => {
  const groups = (release: NxReleaseSettings): string[] =>
    nxReleaseGroups(release, projects).map(
      ({ name, isFixed, projects: members, tagPattern, hasVersionPlans }) =>
        `${name} ${isFixed ? 'fixed' : 'independent'} [${members.join(' ')}] ${tagPattern} ${hasVersionPlans}`,
    );

  it('are none where it says nothing of projects', () => {
    expect(groups({ versionPlans: true })).toEqual([]);
  });

  it('are one where it names projects', () => {
    expect(groups({ projects: 'demo' })).toEqual(['__default__ fixed [demo] v{version} false']);
    expect(groups({ projects: ['demo'], projectsRelationship: 'independent' })).toEqual([
      '__default__ independent [demo] {projectName}@{version} false',
    ]);
    const releaseTag = { pattern: 'r{version}' };
    expect(groups({ projects: ['demo'], releaseTag, versionPlans: {} })).toEqual([
      '__default__ fixed [demo] r{version} true',
    ]);
  });

  it('inherit what they do not say themselves', () => {
    const release: NxReleaseSettings = {
      projectsRelationship: 'independent',
      versionPlans: true,
      groups: {
        a: { projects: 'demo' },
        b: { projects: 'demo', projectsRelationship: 'independent', versionPlans: false },
        c: { projects: ['tasker-rb'], releaseTag: { pattern: 'c-{version}' } },
      },
    };
    expect(groups(release)).toEqual([
      'a independent [demo] {releaseGroupName}-v{version} true',
      'b independent [demo] {projectName}@{version} false',
      'c independent [tasker-rb] c-{version} true',
    ]);
    expect(groups({ ...release, releaseTag: { pattern: '{projectName}/{version}' } })[1]).toBe(
      'b independent [demo] {projectName}/{version} false',
    );
  });
});
