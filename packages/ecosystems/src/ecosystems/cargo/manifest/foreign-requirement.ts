import type { TomlTable } from '../../../text';

/**
 * Why a requirement does not speak of the package in this workspace, even though it names it: cargo takes what is
 * in git at the commit that it locked, and what is given by a version alone, beside a path to the same package,
 * from the registry (a crate that is tested against what was published before).
 */
export function whyForeign(spec: string | TomlTable, isAlsoLocal: boolean): string | undefined {
  const fields: TomlTable = typeof spec === 'string' ? { version: spec } : spec;
  if (fields['path'] !== undefined || typeof fields['version'] !== 'string') return undefined;
  if (fields['git'] !== undefined) return 'it comes from a git repository';
  return isAlsoLocal ? 'it means a published version beside the one in this workspace' : undefined;
}
