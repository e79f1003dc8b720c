import type { RateLimit } from '@forge/ecosystems';
import { toy } from '../../../ecosystems/src/testing/toy';
import { publishUpstream } from '../graph/order';
import { loadFiles, type Files } from '../graph/testing/memory-workspace';
import type { PublishUnit } from '../plan/publish-unit';
import { describeReport } from './describe-report';
import { rateBudget } from './rate-budget';
import { joinReports, type PreflightReport } from './report';

const source = 'https://registry.example/limits';
const minute = 60_000;
const limits: readonly RateLimit[] = [
  { on: 'new-package', requests: 1, perMs: 10 * minute, burst: 5, source },
  { on: 'new-version', requests: 1, perMs: minute, burst: 30, source },
];
const ecosystem = Object.defineProperties({}, Object.getOwnPropertyDescriptors(toy)) as typeof toy;
Object.assign(ecosystem, { limits });

interface Case {
  /** All names are new ones, by default. */
  readonly isNew?: boolean;
  /** Each needs the one before. */
  readonly chained?: boolean;
  readonly limitWithin?: number;
  readonly registry?: string;
}

function budget(count: number, given: Case = {}): PreflightReport {
  const { isNew = true, chained = false, limitWithin = 60 * minute, registry } = given;
  const name = (at: number): string => `p${String(at).padStart(2, '0')}`;
  const files: Files = Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `${name(at)}/toy.pkg`,
      `name = ${name(at)}\nversion = 1.0.0\n${chained && at > 0 ? `needs = ${name(at - 1)} ^1.0.0\n` : ''}`,
    ]),
  );
  const model = loadFiles(files, { ecosystems: [ecosystem] });
  const endpoints = registry ? toy.endpointsAt(registry) : toy.publicEndpoints;
  const units = model.packages.map((node): PublishUnit => ({
    ...{ node, version: '1.0.0', artifacts: [], endpoints, planned: true },
  }));
  const firstPublished = isNew ? units : [];
  return joinReports([
    rateBudget({ units, firstPublished, upstream: publishUpstream(model) }, limitWithin),
  ]);
}

describe('the limits of a public registry, before the first upload', () => {
  it('are nothing to tell of while everything goes at once', () => {
    expect(budget(5)).toMatchObject({ problems: [], waits: [] });
    expect(budget(30, { isNew: false })).toMatchObject({ problems: [], waits: [] });
  });

  it('are told with how long the release will take, where that is within the time', () => {
    const report = budget(11);
    expect(report.problems).toEqual([]);
    expect(describeReport(report)).toMatch(
      /^waits {10}about 60 min for 6 packages: Toy registry \(.*\) takes 1 new package per 10 min, 5 at once\n$/,
    );
    expect(budget(32, { isNew: false }).waits).toMatchObject([
      expect.stringMatching(/^about 2 min for 2 packages: .*1 new version per 60 s, 30 at once$/),
    ]);
  });

  it('stop a release whose last names would come too late, with what would be enough (FORGE-P020)', () => {
    const { problems, waits } = budget(13);
    expect(waits).toEqual([]);
    expect(problems).toMatchObject([
      {
        code: 'FORGE-P020',
        what: expect.stringMatching(
          /the turn of `toy:p12@1\.0\.0` comes in 80 min, and a package may wait 60 min, and those of 1 more come too late as well$/,
        ),
        where: { file: 'p12/toy.pkg' },
        fix: expect.stringMatching(/^set `limitWithin` to 4800 .*registry\.example\/limits$/),
      },
    ]);
    expect(budget(13, { limitWithin: 4800_000 }).problems).toEqual([]);
  });

  it('count from when a package could go: of a chain, each waits for its own turn only', () => {
    const report = budget(13, { chained: true });
    expect(report.problems).toEqual([]);
    expect(report.waits).toMatchObject([expect.stringMatching(/^about 80 min for 8 packages/)]);
    expect(budget(7, { chained: true, limitWithin: 9 * minute }).problems).toMatchObject([
      { code: 'FORGE-P020' },
    ]);
  });

  it('hold for no other registry', () => {
    expect(budget(40, { registry: 'http://127.0.0.1:4874' })).toMatchObject({
      ...{ problems: [], waits: [] },
    });
  });
});
