import { describeWithTools } from './support/describe-with-tools';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { releasedEcosystems, RepeatedRelease } from './support/repeated-release';

/** Which line ahead is the last one, in turns: it is on disk, it is not, half of it is. */
const sides = ['after', 'before', 'within'];
const stride = 4;

/**
 * One release of the polyglot example is killed at every fourth step that it takes, resumed, killed at the fourth step
 * that it had not reached before, and so on to its end: no process sees more than a few steps. It must end as a release
 * that nobody disturbed. `npm run crash-matrix` takes each point by itself, which is long.
 */
describeWithTools('a release that is killed again and again', releasedEcosystems, () => {
  const registries: RegistryProcess[] = [];
  let release: RepeatedRelease;

  beforeAll(async () => {
    // One after the other: each of them brings up a database.
    for (let count = 0; count < 2; count += 1) registries.push(await startRegistryProcess());
    const [first] = registries as [RegistryProcess];
    release = await RepeatedRelease.prepare(first);
  }, 300_000);

  afterAll(async () => {
    for (const each of registries) await each.stop();
    release?.remove();
  });

  it('ends as one that nobody disturbed', async () => {
    const [, second] = registries as [RegistryProcess, RegistryProcess];
    const disturbed = release.begin(second);
    const wrong: string[] = [];
    let turn = 0;
    for (; turn < 200; turn += 1) {
      const at = `${sides[turn % sides.length]}:${stride}`;
      if (!(await disturbed.killed(at, { ahead: true }))) break;
      const problems = await disturbed.problemsNow();
      wrong.push(...problems.map((problem) => `${at} of turn ${turn}: ${problem}`));
      disturbed.touch();
    }
    expect([...wrong, ...(await disturbed.problemsAtEnd())]).toEqual([]);
    expect(turn).toBeGreaterThanOrEqual(20);
    disturbed.remove();
    process.stdout.write(`killed ${turn} times on its way, one release converged\n`);
  }, 600_000);
});
