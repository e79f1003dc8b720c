import type { Entry } from './entry';

/** FORGE-G: the graph of packages. */
export const graphErrors = {
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
} as const satisfies Record<string, Entry>;
