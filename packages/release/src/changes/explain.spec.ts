import { explainDecision, explainPassedOver } from './explain';
import type { Step } from './testing/memory-history';
import { decisionsOf, taskerHistory, triggers } from './testing/tasker';

const changed = (...paths: string[]): Step => ({
  message: 'Change it',
  files: Object.fromEntries(paths.map((path) => [path, '// changed\n'])),
});
const nameAt = (root: string): string => root.replace('crates/', '');

async function lines(step: Step, options = {}): Promise<(string | undefined)[]> {
  const { decisions } = await decisionsOf(taskerHistory([step]), options);
  const found = decisions.find(({ project }) => project.name === 'tasker-ts');
  return found ? [explainDecision(found, nameAt), explainPassedOver(found, nameAt)] : [];
}

describe('the reason for a release', () => {
  it.each([
    [['crates/tasker-ts/a.js'], 'crates/tasker-ts/a.js changed since tag typescript-v0.1.8'],
    [
      ['a', 'b', 'c', 'd'].map((name) => `crates/tasker-ts/${name}.js`),
      'crates/tasker-ts/a.js, crates/tasker-ts/b.js and 2 more files changed since tag typescript-v0.1.8',
    ],
    [
      ['crates/tasker-client/src/lib.rs', 'crates/tasker-pgmq/src/lib.rs'],
      'crates/tasker-client/src/lib.rs, crates/tasker-pgmq/src/lib.rs changed since tag typescript-v0.1.8; `tasker-client`, `tasker-pgmq` are parts of it',
    ],
    [['crates/tasker-mcp/src/lib.rs'], 'nothing changed since tag typescript-v0.1.8'],
  ])('%j: %s', async (paths, expected) => {
    expect(await lines(changed(...paths))).toEqual([expected, undefined]);
  });

  it('names what a trigger waits for, be it a part or not', async () => {
    const waiting = { typescript: { on: ['tasker-mcp'] } };
    expect(await lines(changed('crates/tasker-mcp/src/lib.rs'), { triggers: waiting })).toEqual([
      'crates/tasker-mcp/src/lib.rs changed since tag typescript-v0.1.8; the trigger of `typescript` waits for `tasker-mcp`',
      undefined,
    ]);
  });

  it('names linked code that a trigger does not wait for', async () => {
    const [, warning] = await lines(changed('crates/tasker-client/src/lib.rs'), { triggers });
    expect(warning).toBe(
      'linked code changed: `tasker-client` (crates/tasker-client/src/lib.rs) since tag typescript-v0.1.8, but the trigger of `typescript` does not wait for it, and `tasker-ts` is not released',
    );
  });

  it('says when all is new', async () => {
    const { decisions } = await decisionsOf(taskerHistory([], []), { live: async () => null });
    expect(decisions[0] && explainDecision(decisions[0], nameAt)).toBe(
      'everything is new since the beginning: it was never released',
    );
  });
});
