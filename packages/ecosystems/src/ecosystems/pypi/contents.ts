import { writeMultipart } from '../../archive';
import { ok, type Contents, type DescribedDependency, type Json } from '../../model';
import { readDistribution } from './distribution';
import { isProjectName } from './names';
import { parsePep508 } from './pep508';

/** A wheel or an sdist as such: its core metadata says what the form would. */
export const contents: Contents = {
  isName: isProjectName,
  toRequest(filename, bytes) {
    const distribution = readDistribution(filename, bytes);
    if (!distribution.ok) return distribution;
    const { metadata, filename: named } = distribution.value;
    const fields = {
      ':action': 'file_upload',
      protocol_version: '1',
      name: metadata.name,
      version: metadata.version,
      filetype: named.kind,
    };
    const form = writeMultipart(fields, { field: 'content', filename, bytes });
    return ok({ method: 'POST', path: '/legacy/', ...form });
  },
  describe(metadata) {
    const said = metadata as { readonly [key: string]: Json };
    const urls = texts(said['project_urls']).map((each) => each.split(/\s*,\s*(.*)/s));
    const urlOf = (label: RegExp) => urls.find(([name = '']) => label.test(name))?.[1] ?? '';
    return {
      summary: text(said['summary']),
      license: text(said['license']),
      homepage: urlOf(/^home ?-?page$/i),
      repository: urlOf(/^(source|repository|code|github)/i),
      keywords: text(said['keywords'])
        .split(/[\s,]+/)
        .filter(Boolean),
      categories: texts(said['classifiers']).flatMap((each) => each.split(/^Topic :: /)[1] ?? []),
      dependencies: texts(said['requires_dist']).flatMap(describeDependency),
    };
  },
};

function describeDependency(line: string): DescribedDependency[] {
  const parsed = parsePep508(line);
  if (!parsed) return [];
  const isExtra = /;.*\bextra\s*==/s.test(line);
  const requirement = parsed.specifier?.text ?? '';
  return [{ name: parsed.name, requirement, kind: isExtra ? 'optional' : 'runtime' }];
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
