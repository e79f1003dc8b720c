/**
 * A version inside of any text, whatever ecosystem it belongs to: numbers with dots, then what SemVer
 * (`-rc.1`, `-0`, `+build.5`) or a native spelling (`rc1`, `.dev4`, `a2`, `.pre.1`) may add. A hyphen
 * with a word alone is no part of it: `demo-1.2.0-linux.tar.gz`.
 */
const numbers = String.raw`\d+(?:\.\d+)+`;
const native = String.raw`(?:\.?(?:alpha|beta|preview|pre|dev|post|rc|a|b|c)\.?\d+)+`;
const semver = String.raw`-(?:\d+|[A-Za-z][0-9A-Za-z]*\.\d+|(?:alpha|beta|rc|pre|dev)\d*)(?:\.\d+)*`;
const build = String.raw`\+[0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*`;
const versionRun = String.raw`(?<![\d.])${numbers}(?:${native}|${semver})?(?:${build})?(?![0-9A-Za-z]|\.\d)`;

export interface FoundVersion {
  readonly text: string;
  /** Offsets into the text that was searched, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** The first version of a text. */
export function firstVersion(text: string): FoundVersion | undefined {
  return versionsIn(text, ['{version}'])[0];
}

/** Every version that stands where one of the alternatives has its `{version}`; the rest of them is literal. */
export function versionsIn(text: string, alternatives: readonly string[]): FoundVersion[] {
  const source = alternatives
    .map((each) => each.split('{version}').map(literal).join(`(${versionRun})`))
    .join('|');
  return [...text.matchAll(new RegExp(source, 'gd'))].flatMap(({ indices }) =>
    [...(indices ?? [])].slice(1).flatMap((range) => {
      if (!range) return [];
      const [start, end] = range;
      return [{ text: text.slice(start, end), start, end }];
    }),
  );
}

/** True for a text that is a version and nothing else. */
export function isVersion(text: string): boolean {
  return firstVersion(text)?.text === text;
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
