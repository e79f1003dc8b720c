import { ForgeError } from '@forge/ecosystems';
import { commitOfTag } from '../effects/git-state';
import { setTag } from '../effects/git-write';
import type { PlannedTag } from '../record/planned-release';
import { isDone, livePackages } from '../record/release-state';
import type { ReleaseStore } from '../record/release-store';
import { ownCommit } from './own-commit';
import { stageDone, type Stage, type StageContext } from './stage';
import { tagMessage } from './tag-message';

/**
 * Sets the tags of what is live, on the commit that it was built from. Tags of packages that failed wait for
 * `resume`: a tag says that something was released.
 */
export const tagStage: Stage = {
  name: 'tag',
  runsAfterFailure: true,
  async run(context) {
    const { root, store } = context;
    const commit = await ownCommit(root, store);
    if (commit === undefined) return stageDone;
    const problems: ForgeError[] = [];
    for (const tag of dueTags(store)) {
      const problem = await setOne(context, tag, commit);
      if (problem) problems.push(problem);
    }
    return problems.length > 0 ? { ok: false, problems } : stageDone;
  },
};

/** Tags whose packages are all live. */
export function dueTags(store: ReleaseStore): readonly PlannedTag[] {
  const state = store.state();
  const live = new Set(livePackages(state));
  return store.planned.tags.filter(
    ({ name, packages }) => !isDone(state, 'tag', name) && packages.every((each) => live.has(each)),
  );
}

async function setOne(
  { root, store, permit, progress }: StageContext,
  tag: PlannedTag,
  commit: string,
): Promise<ForgeError | undefined> {
  const { name } = tag;
  permit({ kind: 'tag', name });
  const step = { step: 'tag', subject: name };
  store.journal.append('step', { ...step, state: 'begins' });
  const stands = await commitOfTag(root, name);
  if (stands !== undefined && stands !== commit) {
    const what = `the tag \`${name}\` stands on \`${stands.slice(0, 12)}\` and not on the commit of this release, \`${commit.slice(0, 12)}\``;
    store.journal.append('step', { ...step, state: 'failed' });
    return new ForgeError('FORGE-L010', { what });
  }
  const set = stands ? undefined : await setTag(root, name, commit, tagMessage(tag, store));
  store.journal.append('step', { ...step, state: set?.ok === false ? 'failed' : 'done', commit });
  if (set?.ok === false) return set.problems[0];
  progress.note(`tagged         ${name}`);
  return undefined;
}
