import { push } from '../effects/git-write';
import { isDone } from '../record/release-state';
import { ownCommit } from './own-commit';
import { stageDone, type Stage } from './stage';

/** Sends the commit and its tags to the remote; what is there already is fine. */
export const pushStage: Stage = {
  name: 'push',
  isWanted: ({ store }) => store.planned.push !== undefined,
  async run({ root, store, permit }) {
    const { push: wanted, tags } = store.planned;
    const commit = await ownCommit(root, store);
    if (!wanted || commit === undefined) return stageDone;
    permit({ kind: 'push', remote: wanted.remote });
    const state = store.state();
    const own = tags.filter(({ name }) => isDone(state, 'tag', name));
    return push(root, wanted.remote, [
      `${commit}:refs/heads/${wanted.branch}`,
      ...own.map(({ name }) => `refs/tags/${name}`),
    ]);
  },
};
