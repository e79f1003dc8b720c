import { artifactErrors } from './artifact';
import { configurationErrors } from './configuration';
import { graphErrors } from './graph';
import { manifestErrors } from './manifest';
import { publishErrors } from './publish';
import { registryErrors } from './registry';
import { releaseErrors } from './release';
import { versionErrors } from './version';
import { withdrawalErrors } from './withdrawal';

/**
 * Every error this project reports, a file for each family, by the letter of its codes. A paragraph in
 * docs/ERRORS.md and a test that provokes it belong to each code.
 */
export const catalogue = {
  ...manifestErrors,
  ...versionErrors,
  ...graphErrors,
  ...artifactErrors,
  ...configurationErrors,
  ...releaseErrors,
  ...publishErrors,
  ...registryErrors,
  ...withdrawalErrors,
} as const;

export type ErrorCode = keyof typeof catalogue;
