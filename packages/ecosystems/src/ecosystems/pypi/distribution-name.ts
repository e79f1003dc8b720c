/** What the file name of a distribution says. */
export interface DistributionName {
  readonly kind: 'sdist' | 'bdist_wheel';
  /** With the escapes of file names: `-` is `_`. */
  readonly name: string;
  readonly version: string;
  /** Wheels: `py3`, `cp311`; sdists: `source`. */
  readonly python: string;
  /** Wheels: `any`, `manylinux_2_17_x86_64`. */
  readonly platform?: string;
}

const wheel =
  /^(?<name>[^-]+)-(?<version>[^-]+)(?:-\d[^-]*)?-(?<python>[^-]+)-[^-]+-(?<platform>[^-]+)\.whl$/;
// Before PEP 625 names kept their dashes; a version never has one.
const sdist = /^(?<name>.+)-(?<version>[^-]+)\.tar\.gz$/;

/** Wheels (PEP 427) and sdists (PEP 625), the two kinds that PyPI still takes; undefined for other files. */
export function parseDistributionName(filename: string): DistributionName | undefined {
  if (!/^[\w.!+-]+$/.test(filename)) return undefined;
  const isWheel = filename.endsWith('.whl');
  const groups = (isWheel ? wheel : sdist).exec(filename)?.groups;
  const { name, version, python = 'source', platform } = groups ?? {};
  if (name === undefined || version === undefined) return undefined;
  const kind = isWheel ? 'bdist_wheel' : 'sdist';
  return { kind, name, version, python, ...(platform !== undefined && { platform }) };
}
