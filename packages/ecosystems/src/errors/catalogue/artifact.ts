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
  'FORGE-A008': {
    title: 'A file for credentials is in the artifact',
    fix: 'keep the file out of the package',
  },
  'FORGE-A009': {
    title: 'A secret is in the artifact',
    fix: 'take it out, and revoke it if it was ever public',
  },
  'FORGE-A010': {
    title: 'A link in the artifact leads to nothing',
    fix: 'add what it leads to, or put the file itself in its place',
  },
  'FORGE-A011': {
    title: 'A link in the artifact leads out of the package',
    fix: 'put the file itself in its place',
  },
  'FORGE-A012': {
    title: 'Members of the artifact are in the way of each other',
    fix: 'leave one of them out, or rename it',
  },
  'FORGE-A013': {
    title: 'A member of the artifact is unpacked outside of the package',
    fix: 'name files relative to the package, and without `..`',
  },
  'FORGE-A014': {
    title: 'What the artifact ships as source cannot be built outside of the repository',
    fix: 'ship what it names as well, or name what a registry has, by version',
  },
  'FORGE-A015': {
    title: 'The public registry takes no such file',
    fix: 'build it for a platform that the registry takes',
  },
  'FORGE-A016': {
    title: 'The artifacts are not those that are declared',
    fix: 'build what is missing, or say `allowPartial`',
  },
  'FORGE-A017': {
    title: 'A package does not build from what was packed',
    fix: 'add what the build misses to the package',
  },
} as const satisfies Record<string, Entry>;
