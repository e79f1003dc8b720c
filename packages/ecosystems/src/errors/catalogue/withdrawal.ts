import type { Entry } from './entry';

/** FORGE-W: rehearsal and withdrawal. */
export const withdrawalErrors = {
  'FORGE-W001': {
    title: 'A rehearsal would leave this machine',
    fix: 'take out what names another registry, or report this as a bug',
  },
  'FORGE-W002': {
    title: 'The registry of the rehearsal does not start',
    fix: 'read what it says, correct the cause and run again',
  },
  'FORGE-W003': {
    title: 'A package cannot be used as it was published',
    fix: 'correct what the package lacks, and rehearse again',
  },
  'FORGE-W004': {
    title: 'A package from outside of the workspace is missing in the rehearsal',
    fix: 'rehearse with `--network`, or what does not need it (`--projects`)',
  },
  'FORGE-W005': {
    title: 'The registry serves something else than was packed',
    fix: 'report this as a bug with the package',
  },
  'FORGE-W006': {
    title: 'The artifacts were not rehearsed',
    fix: 'run `forge-release rehearse`, then publish without packaging anew',
  },
  'FORGE-W007': {
    title: 'The version cannot be taken back or brought back',
    fix: 'release a new version',
  },
  'FORGE-W008': {
    title: 'Nobody has agreed to the withdrawal',
    fix: 'give `--yes`, or answer at a terminal',
  },
  'FORGE-W009': {
    title: 'What is to be taken back is not known',
    fix: 'name packages of this workspace as `name@version` or `ecosystem:name@version`',
  },
  'FORGE-W010': {
    title: 'The registry does not take the withdrawal',
    fix: 'read its answer, correct the cause and run the same command again',
  },
  'FORGE-W011': {
    title: 'The registry shows the version as before',
    fix: 'look again in a few minutes: indexes are behind sometimes',
  },
  'FORGE-W012': {
    title: 'The registry leaves the withdrawal to a person',
    fix: 'open the page that is named, and do there what it says',
  },
} as const satisfies Record<string, Entry>;
