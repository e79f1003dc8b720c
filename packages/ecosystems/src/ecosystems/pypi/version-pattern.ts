import type { FoundText } from './python-module';

const longestLine = 400;

/**
 * The version that a pattern of hatch finds: a regular expression of Python with a group `version`, searched as
 * hatchling 1.33 does, with `^` and `$` at every line. Undefined for a pattern that reaches over lines, or that
 * means something else to JavaScript or could take it too long.
 */
export function findByPattern(text: string, pattern: string): FoundText | undefined {
  const search = compiled(pattern);
  if (!search) return undefined;
  let start = 0;
  for (const line of text.split('\n')) {
    const content = line.replace(/\r$/, '');
    const match = content.length > longestLine ? undefined : search.exec(content);
    const [from, to] = match?.indices?.groups?.['version'] ?? [];
    if (from !== undefined && to !== undefined)
      return { value: content.slice(from, to), start: start + from, end: start + to };
    start += line.length + 1;
  }
  return undefined;
}

function compiled(pattern: string): RegExp | undefined {
  const flags = /^\(\?i\)/.test(pattern) ? 'di' : 'd';
  const body = pattern.replace(/^\(\?i\)/, '').replaceAll('(?P<', '(?<');
  const isForeign = /\(\?[^:<=!]|\\[AZz]|\\n/.test(body);
  // Repeated groups and many repetitions can take time without end on a line that does not match.
  const isSlow = /\)[*+?{]/.test(body) || (body.match(/[^\\][*+}]/g)?.length ?? 0) > 4;
  if (isForeign || isSlow || !body.includes('(?<version>')) return undefined;
  try {
    return new RegExp(body, flags);
  } catch {
    // There is no other way to ask whether JavaScript takes a pattern.
    return undefined;
  }
}
