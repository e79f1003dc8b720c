import type { Ecosystem } from '@forge/ecosystems';
import { environmentChecks, type BuildEnvironment } from './build-environment';
import { isOptionalBoolean, list, object, record, satisfies, type Check } from './checks';
import { texts } from './triggers';

/** What a user says of the artifacts of one package. */
export interface ArtifactOptions extends BuildEnvironment {
  /** Globs of paths, relative to the package, at which what would be refused is meant to be. */
  readonly allow?: readonly string[];
  /** Globs of file names: exactly these artifacts make up a version, each glob at least one of them. */
  readonly files?: readonly string[];
  /** A version may go out without some of `files`. */
  readonly allowPartial?: boolean;
  /** The size up to which the registry takes files of this package, where it gave it more room than others. */
  readonly maxBytes?: number;
}

/** By manifest. */
export type ArtifactsOption = Readonly<Record<string, ArtifactOptions>>;

const isGlob = satisfies(
  (value) => typeof value === 'string' && value !== '' && !value.includes('/'),
  'a glob of file names',
  'write it without `/`, like `*.whl`',
);

const isSize = satisfies(
  (value) => value === undefined || (Number.isSafeInteger(value) && Number(value) > 0),
  'a number of bytes',
  'write a whole number above 0',
);

/** All problems of the option `artifacts` (FORGE-C001). */
export function artifactsCheck(ecosystems: readonly Ecosystem[]): Check {
  return record(
    object({
      ...{ allow: texts, files: list(isGlob), allowPartial: isOptionalBoolean, maxBytes: isSize },
      ...environmentChecks(ecosystems),
    }),
  );
}
