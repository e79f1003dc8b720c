import type { Entry } from './entry';

/** FORGE-V: versions and requirements. */
export const versionErrors = {
  'FORGE-V001': {
    title: 'The version is not valid in its ecosystem',
    fix: 'write a version that the ecosystem accepts',
  },
  'FORGE-V002': {
    title: 'The version cannot be spelled in the ecosystem',
    fix: 'choose a version that every member of the group can spell',
  },
  'FORGE-V003': { title: 'The requirement cannot be parsed', fix: 'correct the requirement' },
  'FORGE-V004': {
    title: 'The requirement cannot be changed without changing its meaning',
    fix: 'change the requirement by hand',
  },
  'FORGE-V005': { title: 'The version would go down', fix: 'choose a higher version' },
  'FORGE-V006': {
    title: 'The version specifier is unknown',
    fix: 'use major, minor, patch, premajor, preminor, prepatch, prerelease or a version',
  },
  'FORGE-V007': {
    title: 'The version scheme does not fit the ecosystem',
    fix: 'choose another scheme for the release group, or take the project out of it',
  },
  'FORGE-V008': {
    title: 'The version scheme cannot go on from here',
    fix: 'give an exact version once',
  },
  'FORGE-V009': {
    title: 'Nx drops the version that was given',
    fix: 'give the version without its `v`',
  },
} as const satisfies Record<string, Entry>;
