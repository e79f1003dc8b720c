import type { DynamicPlace, OpenProject } from './dynamic-version';
import { localPath } from './local-path';
import { tableAt } from './toml-access';

const tagSources: readonly unknown[] = ['vcs', 'uv-dynamic-versioning', 'versioningit'];

/** `tool.hatch.version`: a file searched by a pattern, a module (`code`), a tag, or another plugin. */
export function hatchVersion({ document, directory }: OpenProject): DynamicPlace | undefined {
  const table = tableAt(document, ['tool', 'hatch', 'version']);
  if (!table) return undefined;
  const { source = 'regex', path, pattern, expression = '__version__' } = table;
  if (tagSources.includes(source)) return { kind: 'tag', via: 'tool.hatch.version.source' };
  const file = typeof path === 'string' ? localPath(directory, path) : undefined;
  if (file !== undefined && source === 'regex') return searched(file, pattern);
  const via = 'tool.hatch.version';
  const isName = typeof expression === 'string' && /^\w+$/.test(expression);
  if (file === undefined || source !== 'code' || !isName)
    return { kind: 'fixed', via, why: 'hatch computes it by its own rules' };
  return { kind: 'python', via: `${via}.path`, candidates: [file], variables: [expression] };
}

/** hatchling's default pattern takes `__version__` and `VERSION`. */
function searched(file: string, pattern: unknown): DynamicPlace {
  const candidates = [file];
  const via = 'tool.hatch.version.path';
  if (typeof pattern === 'string' && pattern !== '')
    return { kind: 'pattern', via, candidates, pattern };
  return { kind: 'python', via, candidates, variables: ['__version__', 'VERSION'] };
}
