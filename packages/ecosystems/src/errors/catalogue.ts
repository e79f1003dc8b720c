interface Entry {
  /** One line, as in the heading of docs/ERRORS.md. */
  readonly title: string;
  /** General advice; a call may give a better one for its case. */
  readonly fix: string;
}

/**
 * Every error this project reports. M manifests, V versions and requirements, G the graph,
 * A artifacts, C configuration and credentials, P publishing, R the registry server,
 * W rehearsal and withdrawal.
 * A paragraph in docs/ERRORS.md and a test that provokes it belong to each code.
 */
export const catalogue = {
  'FORGE-M001': { title: 'The manifest is empty', fix: 'fill in the manifest, or delete the file' },
  'FORGE-M002': {
    title: 'The manifest cannot be parsed',
    fix: 'correct the syntax at the marked place',
  },
  'FORGE-M003': { title: 'The manifest has the wrong encoding', fix: 'save the file as UTF-8' },
  'FORGE-M004': { title: 'The manifest names no package', fix: 'add the name' },
  'FORGE-M005': { title: 'The manifest has no version', fix: 'add a version' },
  'FORGE-M006': {
    title: 'A field of the manifest has an unusable value',
    fix: 'correct the marked value',
  },
  'FORGE-M007': {
    title: 'The version is computed and cannot be edited',
    fix: 'write the version as a literal',
  },
  'FORGE-M008': {
    title: 'The requirement is computed and cannot be edited',
    fix: 'write the requirement as a literal',
  },
  'FORGE-M009': { title: 'The file changed between plan and write', fix: 'run the command again' },
  'FORGE-M010': { title: 'Two edits overlap', fix: 'report this as a bug with the manifest' },
  'FORGE-M011': {
    title: 'The edited manifest does not read back as planned',
    fix: 'report this as a bug with the manifest',
  },
  'FORGE-M012': {
    title: 'The workspace root that a value is inherited from is missing',
    fix: 'add the workspace root, or write the value in the manifest',
  },
  'FORGE-M013': {
    title: 'Two manifests of one ecosystem stand in one directory',
    fix: 'keep one manifest per directory',
  },
  'FORGE-M014': {
    title: 'The manifest is in a form that its own tool refuses',
    fix: 'save it in the form that the tool reads',
  },
  'FORGE-M018': {
    title: 'The project is described in a form that is not edited',
    fix: 'describe the project in a form that is read, or leave it out of the release',
  },
  'FORGE-M020': {
    title: 'One text states the requirements of several dependencies',
    fix: 'write the requirement of each dependency for itself',
  },
  'FORGE-M022': {
    title: 'A generated file and its source disagree',
    fix: 'run the generator (hpack), and commit both files',
  },
  'FORGE-M024': {
    title: 'The version belongs to another manifest',
    fix: 'release a version that both spell alike, or write a version of its own',
  },
  'FORGE-M025': {
    title: 'A requirement follows a version that leaves its dependency behind',
    fix: 'release both with the same version, or give the requirement a version of its own',
  },
  'FORGE-M026': { title: 'The file cannot be written', fix: 'make the file writable' },
  'FORGE-M027': {
    title: 'The manifest is a link that leads out of the workspace',
    fix: 'put the file into the workspace, or release from where it stands',
  },
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
  'FORGE-G001': {
    title: 'Two packages of one ecosystem have the same name',
    fix: 'rename one of them, or switch one off',
  },
  'FORGE-G002': { title: 'Packages depend on each other in a cycle', fix: 'break the cycle' },
  'FORGE-G003': {
    title: 'There is no package to release',
    fix: 'check the release configuration in nx.json',
  },
  'FORGE-G004': {
    title: 'A published package depends on one that is not published',
    fix: 'publish the dependency, or drop it',
  },
  'FORGE-G005': { title: 'A path dependency points at no package', fix: 'correct the path' },
  'FORGE-G008': {
    title: 'A version or requirement disagrees with the rest of the workspace',
    fix: 'write what the rest of the workspace says',
  },
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
    fix: 'release from the default branch, unless this is meant',
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
  'FORGE-R001': {
    title: 'The upload is malformed',
    fix: 'build the package again with its own tool',
  },
  'FORGE-R002': {
    title: 'The package name is not valid',
    fix: 'choose a name that the ecosystem accepts',
  },
  'FORGE-R003': {
    title: 'The uploaded version is not valid',
    fix: 'choose a version that the ecosystem accepts',
  },
  'FORGE-R004': { title: 'A digest does not match the uploaded bytes', fix: 'upload again' },
  'FORGE-R005': {
    title: 'The request carries no valid token',
    fix: 'use a token of this registry',
  },
  'FORGE-R006': {
    title: 'The version exists with other content',
    fix: 'publish under a new version',
  },
  'FORGE-R007': { title: 'The upload is too large', fix: 'make the package smaller' },
  'FORGE-R008': {
    title: 'The data directory is in use by another process',
    fix: 'stop the other server, or use another directory',
  },
  'FORGE-R009': {
    title: 'The package belongs to other users',
    fix: 'ask one of its owners, or choose another name',
  },
  'FORGE-R010': {
    title: 'What is to be changed is not there',
    fix: 'look at what the registry lists',
  },
  'FORGE-R011': {
    title: 'The change is not possible',
    fix: 'change what stands in its way first',
  },
  'FORGE-R012': {
    title: 'The version was taken back and its number is used up',
    fix: 'publish under a new version',
  },
  'FORGE-R013': {
    title: 'The time in which this can be done is over',
    fix: 'withdraw the version instead, and publish a new one',
  },
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
    fix: 'let its own tool fetch it once, so that it lies in the cache of this machine',
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

export type ErrorCode = keyof typeof catalogue;
