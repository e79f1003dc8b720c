import { givenSpecifier, releaseIntent, versioningCommand } from './nx-arguments';

const words = (line: string): string[] => line.split(' ');

describe('the version on the command line', () => {
  it.each([
    ['release minor', 'minor'],
    ['release version 1.2.0', '1.2.0'],
    ['release --yes minor', 'minor'],
    ['release --specifier=patch', 'patch'],
    ['release publish', undefined],
    ['run-many -t version', undefined],
  ])('nx %s: %s', (line, specifier) => {
    expect(givenSpecifier(words(line))).toBe(specifier);
  });
});

describe('after it has versioned', () => {
  it.each([
    'release',
    'release minor',
    '--verbose release minor',
    'release minor --projects version',
    'release --skip-publish=false minor',
  ])('nx %s publishes, and may ask', (line) => {
    expect(releaseIntent(words(line))).toEqual({ dryRun: false, yes: false });
  });

  it.each([
    ['release minor --yes', { dryRun: false, yes: true }],
    ['release -y minor', { dryRun: false, yes: true }],
    ['release minor -d', { dryRun: true, yes: false }],
    ['release minor --dryRun --yes', { dryRun: true, yes: true }],
  ])('nx %s is agreed to, or a dry run', (line, intent) => {
    expect(releaseIntent(words(line))).toEqual(intent);
  });

  it.each([
    'release version minor',
    'release --skip-publish minor',
    'release minor --skipPublish',
    'release changelog 1.0.0',
    'release plan:check',
    'run-many -t release',
    'run patch --projects release',
  ])('%s publishes nothing', (line) => {
    expect(releaseIntent(words(line))).toBeUndefined();
  });
});

describe('what versions for good', () => {
  it.each(['release', 'release minor --yes', 'release version 1.2.0', '--verbose release -y'])(
    'is nx %s',
    (line) => expect(versioningCommand(words(line))).toBe(`nx ${line}`),
  );

  it.each([
    'release minor -d',
    'release version minor --dry-run',
    'release publish',
    'release plan patch',
    'run-many -t version',
    'run patch --yes',
  ])('is not %s', (line) => expect(versioningCommand(words(line))).toBeUndefined());
});
