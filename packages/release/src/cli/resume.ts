import { fail, ok } from '@forge/ecosystems';
import { findActor } from '../effects/actor';
import { enterWorkspace } from '../effects/enter-workspace';
import { watchUploads } from '../effects/upload-processes';
import { findWorkspaceRoot } from '../effects/workspace-files';
import { createWorld } from '../effects/world';
import { outlastUploads } from '../run/outlast-uploads';
import { alone, continueRelease, requireUnfinished } from '../run/start-release';
import { parseArguments } from './arguments';
import type { CliCommand } from './command';
import { showInstead } from './show-instead';
import { progressOn, reportProblems } from './report';

export const resumeCommand: CliCommand = {
  usage: `Usage: forge-release resume [--root DIR]

Goes on with the release that was cut off or has failed, from the commit and with the versions that were planned. What
is live is not uploaded again: the registries are asked, by digest.
`,
  async run(argv, from, streams) {
    const { values } = parseArguments(argv, { root: { type: 'string' } });
    const root = values.root ?? findWorkspaceRoot(from);
    const world = createWorld({ dryRun: false, watch: watchUploads(root) });
    if (world.dryRun) return showInstead(root, 'resume', streams);
    enterWorkspace(root);
    const note = (text: string): void => streams.error(`${text}\n`);
    const done = await alone(root, 'resume', { world, note }, async (open) => {
      const store = requireUnfinished(open);
      if (!store.ok) return store;
      streams.out(`going on with ${store.value.id}\n`);
      store.value.journal.append('resume', { actor: await findActor(root) });
      await outlastUploads(root, world, note);
      const problems = await continueRelease(root, store.value, world, progressOn(streams));
      return problems.length > 0 ? fail(...problems) : ok(undefined);
    });
    if (!done.ok) return reportProblems(done.problems, streams);
    streams.out('\nreleased\n');
    return 0;
  },
};
