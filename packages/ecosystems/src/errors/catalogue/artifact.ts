import type { Entry } from './entry';

/** FORGE-A: building artifacts, and what is inside them. */
export const artifactErrors = {
  'FORGE-A001': { title: 'A tool is missing', fix: 'install the tool and put it on PATH' },
  'FORGE-A002': {
    title: 'A tool failed',
    fix: 'read the output above, correct the cause and run again',
  },
  'FORGE-A003': {
    title: 'The tool left no artifact where one is expected',
    fix: 'check the output of the tool above',
  },
  'FORGE-A004': {
    title: 'The artifact has another name or version than its manifest',
    fix: 'build from the committed manifest',
  },
  'FORGE-A005': {
    title: 'The artifact is larger than its registry takes',
    fix: 'leave files out of the package',
  },
  'FORGE-A006': {
    title: 'A package cannot be brought into publishable form',
    fix: 'give the dependency a form that a registry can serve',
  },
  'FORGE-A007': {
    title: 'The artifact lacks a file that it promises',
    fix: 'commit the file, or let a script that runs before packing build it',
  },
} as const satisfies Record<string, Entry>;
