import type { Source } from '../../model';
import { unitOffset } from '../../text';
import type { VersionPlace } from './places';

/**
 * Where the version is written, for people, and the same for all gems that share it: `version` in the gemspec,
 * `Acme::VERSION` in a file of Ruby, `Acme::VERSION::MAJOR, MINOR, TINY` for parts, `content` of a file that
 * holds nothing else. What has no such place shows the expression.
 */
export function viaOf(source: Source, { literals, place }: VersionPlace): string {
  const [first, ...others] = literals;
  if (!first) {
    const start = unitOffset(source, place.startOffset);
    return source.text.slice(start, unitOffset(source, place.startOffset + place.length));
  }
  const names = [first.name, ...others.map(({ name }) => name?.split('::').at(-1))];
  const known = names.filter((name) => name !== undefined);
  if (known.length > 0) return known.join(', ');
  if (first.kind === 'file' || first.kind === 'followed') return 'content';
  return 'version';
}
