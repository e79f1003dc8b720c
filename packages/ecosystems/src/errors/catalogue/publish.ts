import type { Entry } from './entry';

/** FORGE-P: publishing. */
export const publishErrors = {
  'FORGE-P001': {
    title: 'The registry refuses the credentials',
    fix: 'check the token and its rights',
  },
  'FORGE-P002': {
    title: 'The registry rejects the package',
    fix: 'correct what the registry names',
  },
  'FORGE-P003': { title: 'Other content is live under this version', fix: 'release a new version' },
  'FORGE-P004': {
    title: 'The registry does not answer',
    fix: 'check the network and run again: what is live is not uploaded again',
  },
  'FORGE-P005': {
    title: 'The package is skipped because one it needs failed',
    fix: 'correct the failure above and run again',
  },
  'FORGE-P006': {
    title: 'The registry does not show the version in time',
    fix: 'run again later: what is live is not uploaded again',
  },
  'FORGE-P007': { title: 'A dry run tried to change the world', fix: 'report this as a bug' },
  'FORGE-P008': {
    title: 'The name belongs to somebody else',
    fix: 'choose another name, or ask its owner',
  },
  'FORGE-P009': {
    title: 'Something would change that is not in the plan',
    fix: 'report this as a bug',
  },
  'FORGE-P010': {
    title: 'Other bytes are live than were packed',
    fix: 'yank the version, find out what changed it, and release a new one',
  },
  'FORGE-P011': {
    title: 'The registry contradicts itself',
    fix: 'tell the registry; installing will fail until the digest it lists is that of the file it serves',
  },
  'FORGE-P012': {
    title: "The registry's limit is reached",
    fix: 'run again later: what is live is not uploaded again',
  },
  'FORGE-P013': {
    title: 'The run has stopped after a failure',
    fix: 'correct the failure above and run again',
  },
  'FORGE-P014': {
    title: 'This machine has no room to work',
    fix: 'make room and run again: what is live is not uploaded again',
  },
  'FORGE-P015': {
    title: 'The version number is used up',
    fix: 'release a new version',
  },
  'FORGE-P016': {
    title: 'The artifact changed since it was packed',
    fix: 'run the `package` target again',
  },
  'FORGE-P020': {
    title: 'The registry takes fewer packages in the time than this release has',
    fix: 'give it more time (`limitWithin`), or release fewer packages at once',
  },
  'FORGE-P021': {
    title: 'The public registry takes no package that lacks this',
    fix: 'add it to the manifest',
  },
  'FORGE-P022': {
    title: 'A version is there before this release has built it',
    fix: 'go on if an earlier try of this release published it; else release another version',
  },
} as const satisfies Record<string, Entry>;
