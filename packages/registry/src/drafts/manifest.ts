import {
  ForgeError,
  type DescribedDependency,
  type Description,
  type Ecosystem,
} from '@forge/ecosystems';
import type { Draft } from './draft';

/** What is said of a version in neutral words; what is not said is taken from the files. */
export type DraftManifest = {
  readonly name: string;
  readonly version: string;
} & { readonly [Key in keyof Description]?: Description[Key] | undefined };

/** What the ecosystem's own rules have against a manifest: all of it. FORGE-R064. */
export function manifestProblems(
  ecosystem: Ecosystem,
  draft: Draft,
  { name, version, dependencies = [] }: DraftManifest,
): readonly ForgeError[] {
  const { normalizeName, versions } = ecosystem;
  const isSame = versions.isValid(version) && versions.compare(version, draft.version) === 0;
  return [
    ...(normalizeName(name) === normalizeName(draft.name)
      ? []
      : [problem(`the manifest is of \`${name}\`, the draft of \`${draft.name}\``)]),
    ...(isSame
      ? []
      : [problem(`the manifest is of \`${version}\`, the draft of ${draft.version}`)]),
    ...dependencies.flatMap((each) => dependencyProblems(ecosystem, draft.version, each)),
  ];
}

function dependencyProblems(
  { contents, versions }: Ecosystem,
  anyVersion: string,
  { name, requirement }: DescribedDependency,
): readonly ForgeError[] {
  if (!contents.isName(name)) return [problem(`\`${name}\` is no name of a package`)];
  if (requirement === '') return [];
  const read = versions.requirement.satisfies(requirement, anyVersion);
  return read.ok ? [] : [problem(`\`${name}\` has the unusable requirement \`${requirement}\``)];
}

/** Where the files say other than the manifest. FORGE-R063. */
export function disagreements(
  ecosystem: Ecosystem,
  manifest: DraftManifest,
  described: Description,
): readonly ForgeError[] {
  const { name: _name, version: _version, dependencies, ...said } = manifest;
  const fields = Object.entries(said) as [keyof typeof said, string | readonly string[]][];
  const different = fields.filter(
    ([key, value]) =>
      value !== undefined && JSON.stringify(value) !== JSON.stringify(described[key]),
  );
  const spelled = (list: readonly DescribedDependency[]) =>
    list
      .map((each) => `${ecosystem.normalizeName(each.name)} ${each.requirement} (${each.kind})`)
      .sort();
  const claimed = dependencies && spelled(dependencies);
  const inside = spelled(described.dependencies);
  return [
    ...different.map(([key]) =>
      disagreement(`\`${key}\` of the files is not that of the manifest`),
    ),
    ...(claimed?.filter((each) => !inside.includes(each)) ?? []).map((each) =>
      disagreement(`the files do not depend on ${each}, as the manifest says`),
    ),
    ...inside
      .filter((each) => claimed && !claimed.includes(each))
      .map((each) => disagreement(`the files depend on ${each}, which the manifest does not say`)),
  ];
}

function problem(what: string): ForgeError {
  return new ForgeError('FORGE-R064', { what });
}

function disagreement(what: string): ForgeError {
  return new ForgeError('FORGE-R063', { what });
}
