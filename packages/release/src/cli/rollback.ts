import { enterWorkspace } from '../effects/enter-workspace';
import { findWorkspaceRoot } from '../effects/workspace-files';
import { createWorld } from '../effects/world';
import { outlastUploads } from '../run/outlast-uploads';
import { rollBack } from '../run/roll-back';
import { alone, requireUnfinished } from '../run/start-release';
import { parseArguments } from './arguments';
import type { CliCommand } from './command';
import { showInstead } from './show-instead';
import { reportProblems } from './report';

export const rollbackCommand: CliCommand = {
  usage: `Usage: forge-release rollback [--root DIR]

Undoes a release that is not finished, as far as it is local: its tags, its commit while it is HEAD and not pushed, its
files. Changes that are not its own are never touched. What is live stays live: see \`yank\`.
`,
  async run(argv, from, streams) {
    const { values } = parseArguments(argv, { root: { type: 'string' } });
    const root = values.root ?? findWorkspaceRoot(from);
    const world = createWorld({ dryRun: false });
    if (world.dryRun) return showInstead(root, 'rollback', streams);
    enterWorkspace(root);
    const note = (text: string): void => streams.error(`${text}\n`);
    const done = await alone(root, 'rollback', { world, note }, async (open) => {
      const store = requireUnfinished(open);
      await outlastUploads(root, world, note);
      return store.ok ? rollBack(root, store.value, world) : store;
    });
    if (!done.ok) return reportProblems(done.problems, streams);
    const { lines, left } = done.value;
    streams.out(
      `${[...lines, left.length > 0 ? 'not everything was undone' : 'rolled back'].join('\n')}\n`,
    );
    return left.length > 0 ? reportProblems(left, streams) : 0;
  },
};
