import { list, object, record, satisfies } from './checks';

/**
 * What makes the projects of a release group due. With `on`, only the projects named there and the files of `own`
 * do. Without it everything that the group's projects are made of does, and `own` adds to that.
 */
export interface Trigger {
  /** Names of Nx projects; only their own files count. */
  readonly on?: readonly string[];
  /** Globs from the workspace root. With `on` and without `own`, the own files of the group's projects count. */
  readonly own?: readonly string[];
}

/** By release group. */
export type Triggers = Readonly<Record<string, Trigger>>;

/** Changes that are no reason for a release, unless the option `ignoredChanges` says otherwise. */
export const ignoredByDefault: readonly string[] = ['**/*.md', '**/*.lock', '**/*-lock.*'];

const isText = satisfies(
  (value) => typeof value === 'string' && value !== '',
  'a text',
  'write a text that is not empty',
);

export const texts = list(isText);

/** All problems of the option `triggers` (FORGE-C001). */
export const triggersCheck = record(object({ on: texts, own: texts }));
