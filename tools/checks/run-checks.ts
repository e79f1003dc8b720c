import { checkBoundaries } from './boundaries';
import { checkEcosystemNames } from './ecosystem-names';
import { checkErrorDocs } from './error-docs';
import { checkSizes } from './sizes';
import { readSources } from './sources';

export interface CheckResult {
  readonly title: string;
  /** What is wrong, one line each; empty when the check passes. */
  readonly findings: readonly string[];
}

/** Checks that no linter knows: the rules of docs/ARCHITECTURE.md. `root` is the repository. */
export function runChecks(root: string): readonly CheckResult[] {
  const sources = readSources(root);
  return [
    { title: 'folders import only what stands to their left', findings: checkBoundaries(sources) },
    { title: 'no ecosystem is named outside its folder', findings: checkEcosystemNames(sources) },
    { title: 'files and functions are small', findings: checkSizes(sources) },
    {
      title: 'every error code is documented and provoked',
      findings: checkErrorDocs(root, sources),
    },
  ];
}
