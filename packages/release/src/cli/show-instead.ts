import { unfinishedRelease } from '../record/release-store';
import { describeState, renderStanding } from '../run/describe-state';
import { requireUnfinished } from '../run/start-release';
import type { Streams } from './command';
import { reportProblems } from './report';

/** Where `FORGE_RELEASE_DRY_RUN` forbids everything: how the release stands that a command would have gone on with. */
export function showInstead(root: string, command: string, streams: Streams): number {
  const store = requireUnfinished(unfinishedRelease(root, () => Date.now()));
  if (!store.ok) return reportProblems(store.problems, streams);
  const { id, planned } = store.value;
  const standing = renderStanding(describeState(id, planned, store.value.state()));
  streams.out(`${standing}\n\ndry run: \`${command}\` does nothing\n`);
  return 0;
}
