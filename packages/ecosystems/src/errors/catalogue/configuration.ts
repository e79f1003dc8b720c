import type { Entry } from './entry';

/** FORGE-C: options, the command line, credentials, and the repository that is released from. */
export const configurationErrors = {
  'FORGE-C001': {
    title: 'An option is not valid',
    fix: 'correct the option in nx.json or on the command line',
  },
  'FORGE-C002': { title: 'Credentials are missing', fix: 'set one of the named variables' },
  'FORGE-C003': { title: 'The working tree has uncommitted changes', fix: 'commit or stash them' },
  'FORGE-C004': {
    title: 'The package is meant for another registry',
    fix: 'give the registry of this run (`--registry`), switch the package off here, or correct its manifest',
  },
  'FORGE-C005': {
    title: 'Another executor publishes only a part of the project',
    fix: 'run `nx g @forge/release:init`, or use the `publish` target',
  },
  'FORGE-C006': {
    title: 'A follower cannot be resolved',
    fix: 'correct `followers` in nx.json',
  },
  'FORGE-C007': {
    title: 'A follower holds no version',
    fix: 'correct the place in `followers`, or write a version there',
  },
  'FORGE-C008': {
    title: 'An option of a release group is not valid',
    fix: 'correct `version.versionActionsOptions` of the group in nx.json',
  },
  'FORGE-C009': {
    title: 'Nx cannot compare the versions of two release groups',
    fix: 'set "projectsRelationship": "independent" for the dependent group',
  },
  'FORGE-C010': {
    title: 'The clone is too shallow to know what changed',
    fix: 'run `git fetch --unshallow --tags`, or name a commit with `--from`',
  },
  'FORGE-C011': { title: 'The base is no commit', fix: 'name a branch, a tag or a commit' },
  'FORGE-C012': {
    title: 'A trigger names what is not there',
    fix: 'correct the name in nx.json',
  },
  'FORGE-C013': {
    title: 'The release has no version plans',
    fix: 'set `"versionPlans": true` in `release` of nx.json',
  },
  'FORGE-C014': {
    title: 'The command line names something that is not there',
    fix: 'correct the path or the name',
  },
  'FORGE-C015': {
    title: 'The registry does not know the token',
    fix: 'make a new token, or correct the one that is set',
  },
  'FORGE-C016': {
    title: 'The credential helper fails',
    fix: 'correct `credentials.helper` in nx.json, or what it names',
  },
  'FORGE-C017': {
    title: 'The registry gives this CI run no token',
    fix: 'register this repository and workflow as a trusted publisher, or set a token',
  },
  'FORGE-C018': {
    title: 'A registry cannot be asked for rights',
    fix: 'nothing to do: the upload will show it',
  },
  'FORGE-C019': {
    title: 'The release is not on the default branch',
    fix: 'release from the default branch, or say `--yes` if this is meant',
  },
  'FORGE-C020': {
    title: 'A tag of this release exists already',
    fix: 'delete the tag if its release never happened, or release another version',
  },
  'FORGE-C021': { title: 'The disk is full', fix: 'make room, or set TMPDIR to another disk' },
  'FORGE-C022': {
    title: 'A token is used in place of trusted publishing',
    fix: 'unset the variable',
  },
  'FORGE-C023': {
    title: 'What installs by default is not the newest version',
    fix: 'move the tag `latest`, or publish without another tag',
  },
  'FORGE-C024': { title: 'A program is too old', fix: 'install a newer one' },
  'FORGE-C025': {
    title: 'The address of a registry cannot be used',
    fix: 'give an `http:` or `https:` URL',
  },
  'FORGE-C060': {
    title: 'The workflow is there already',
    fix: 'say `--force` to replace it, or change it by hand',
  },
  'FORGE-C061': {
    title: 'No workflow can be made for this workspace',
    fix: 'correct what is named',
  },
  'FORGE-C065': {
    title: 'Nobody vouches for where this is built',
    fix: 'release in a CI system with identity tokens, or without `provenance`',
  },
  'FORGE-C066': {
    title: 'A package says too little for a statement of provenance',
    fix: 'add it to the manifest',
  },
} as const satisfies Record<string, Entry>;
