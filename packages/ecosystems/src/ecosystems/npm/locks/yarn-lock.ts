import type { LockFormat } from './lock';
import { openBerryLock } from './yarn-berry-lock';
import { openClassicLock } from './yarn-classic-lock';

/** One name, two formats: yarn 2 and later begin with `__metadata`, which yarn 1 does not have. */
export const yarnLock: LockFormat = {
  files: ['yarn.lock'],
  open: (source) =>
    /^__metadata:/m.test(source.text) ? openBerryLock(source) : openClassicLock(source),
};
