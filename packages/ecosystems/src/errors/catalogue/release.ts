import type { Entry } from './entry';

/** FORGE-L: the release as a whole: its lock, its stages and what is left of it. */
export const releaseErrors = {
  'FORGE-L001': { title: 'Another release is running', fix: 'wait for it, or end it' },
  'FORGE-L002': { title: 'Nx cannot version the workspace', fix: 'correct what Nx names' },
  'FORGE-L003': {
    title: 'A release is not finished',
    fix: 'finish it with `forge-release resume`, or undo it with `forge-release rollback`',
  },
  'FORGE-L004': {
    title: 'A file of the release was changed by somebody else',
    fix: 'put the file back to what it was before the release or to what the release makes of it',
  },
  'FORGE-L005': {
    title: 'The release is not what was planned',
    fix: 'run again: everything that was written is put back',
  },
  'FORGE-L006': {
    title: 'The commit of the release cannot be made',
    fix: 'correct what git says, then `forge-release resume`',
  },
  'FORGE-L007': {
    title: 'A tag cannot be set',
    fix: 'correct what git says, then `forge-release resume`: nothing is published again',
  },
  'FORGE-L008': {
    title: 'The release can no longer be undone here',
    fix: 'finish it with `forge-release resume`',
  },
  'FORGE-L009': {
    title: 'The release cannot be pushed',
    fix: 'correct what git says, then `forge-release resume`',
  },
  'FORGE-L010': {
    title: 'A tag stands elsewhere',
    fix: 'delete the tag, or choose another version',
  },
  'FORGE-L011': { title: 'Nobody said yes', fix: 'look at the plan and run again with `--yes`' },
  'FORGE-L012': {
    title: 'There is no release to go on with',
    fix: 'start one with `forge-release run`',
  },
  'FORGE-L013': {
    title: 'The release cannot be shown where the repository lives',
    fix: 'correct the cause, then `forge-release resume`',
  },
  'FORGE-L014': {
    title: 'The environment allows dry runs only',
    fix: 'add `--dry-run`, or unset `FORGE_RELEASE_DRY_RUN` and `NX_DRY_RUN`',
  },
} as const satisfies Record<string, Entry>;
