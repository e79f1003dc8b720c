import { ForgeError, type ErrorCode } from '../../errors';
import { fail, ok, type Result } from '../../model';
import type { GemSpecification } from './gem-metadata';
import { isVersion } from './version-number';

/** The rules of rubygems.org for what a gem calls itself; its file name is made of these parts. */
const rules: readonly {
  readonly code: ErrorCode;
  readonly broken: (specification: GemSpecification) => boolean;
  readonly what: (specification: GemSpecification) => string;
}[] = [
  {
    code: 'FORGE-R002',
    broken: ({ name }) => !isGemName(name),
    what: ({ name }) => `\`${name}\` is not a valid gem name`,
  },
  {
    code: 'FORGE-R003',
    broken: ({ version }) => !isVersion(version),
    what: ({ version }) => `\`${version}\` is not a valid gem version`,
  },
  {
    code: 'FORGE-R001',
    broken: ({ platform }) => !/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(platform),
    what: ({ platform }) => `\`${platform}\` is not a valid platform`,
  },
  {
    code: 'FORGE-R001',
    broken: ({ dependencies }) => dependencies.some(({ name }) => !isGemName(name)),
    what: () => 'a dependency has no valid gem name',
  },
];

/** Letters, digits, `.`, `-` and `_`, a letter among them, none of the signs at the ends, no ending that an address of the API has. */
export function isGemName(name: string): boolean {
  return (
    /^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name) &&
    /[A-Za-z]/.test(name) &&
    !/\.(gem|gemspec|json|html|xml|yaml)$/.test(name)
  );
}

export function checkSpecification(specification: GemSpecification): Result<GemSpecification> {
  const broken = rules.filter((rule) => rule.broken(specification));
  if (broken.length === 0) return ok(specification);
  return fail(
    ...broken.map(({ code, what }) => new ForgeError(code, { what: what(specification) })),
  );
}
