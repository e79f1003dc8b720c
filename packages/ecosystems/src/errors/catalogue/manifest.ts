import type { Entry } from './entry';

/** FORGE-M: reading and editing manifests. */
export const manifestErrors = {
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
} as const satisfies Record<string, Entry>;
