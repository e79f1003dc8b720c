import { ForgeError } from '@forge/ecosystems';
import type { PublishUnit } from '../plan/publish-unit';

/** Everything that is known before the first upload, in one. */
export interface PreflightReport {
  /** Any of them stops the release. */
  readonly problems: readonly ForgeError[];
  /** Told, and no reason to stop. */
  readonly warnings: readonly ForgeError[];
  /** Units whose names no registry has yet. */
  readonly firstPublished: readonly PublishUnit[];
  /** For what packages will have to wait, and for how long. */
  readonly waits: readonly string[];
}

export const nothingFound: PreflightReport = {
  ...{ problems: [], warnings: [], firstPublished: [], waits: [] },
};

/** One report of several; a problem that many units share is told once. */
export function joinReports(reports: readonly Partial<PreflightReport>[]): PreflightReport {
  const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];
  return {
    problems: unique(reports.flatMap(({ problems = [] }) => problems)),
    warnings: unique(reports.flatMap(({ warnings = [] }) => warnings)),
    firstPublished: unique(reports.flatMap(({ firstPublished = [] }) => firstPublished)),
    waits: unique(reports.flatMap(({ waits = [] }) => waits)),
  };
}

/**
 * The report for whoever wants to see what would be uploaded, and uploads nothing: a tree that is at work stands in the
 * way of the real run alone.
 */
export function forDryRun({ problems, warnings, ...rest }: PreflightReport): PreflightReport {
  const isDirt = ({ code }: ForgeError): boolean => code === 'FORGE-C003';
  const told = problems
    .filter(isDirt)
    .map(({ what }) => new ForgeError('FORGE-C003', { what: `${what}; the real run stops here` }));
  return {
    ...rest,
    problems: problems.filter((problem) => !isDirt(problem)),
    warnings: [...warnings, ...told],
  };
}
