import type { GemDependency } from './gem-metadata';
import type { GemRecord } from './published-gem';

/** A gem as the document `info/NAME` of another registry lists it. */
export interface ListedGem {
  readonly version: string;
  /** Undefined in what is older than checksums. */
  readonly sha256: string | undefined;
  readonly record: GemRecord;
}

/** The gems that a document lists; undefined for a document that is none. */
export function readInfo(text: string): readonly ListedGem[] | undefined {
  const start = /^(?:[^\n]*\n)??---\n/.exec(text);
  if (!start) return undefined;
  const lines = text.slice(start[0].length).split('\n').filter(Boolean);
  const gems = lines.map(readLine);
  return gems.every((gem) => gem !== undefined) ? gems : undefined;
}

/** `1.2.0-java core:~> 1.2&>= 1.2.3,plug:>= 0|checksum:SHA256,ruby:>= 2.7`; a version has no dash. */
function readLine(line: string): ListedGem | undefined {
  const [, name = '', needs = '', rest = ''] = /^(\S+) ([^|]*)\|(.*)$/.exec(line) ?? [];
  const [, version = '', platform = 'ruby'] = /^(\d[0-9A-Za-z.]*)(?:-([\w.-]+))?$/.exec(name) ?? [];
  if (version === '') return undefined;
  const conditions = new Map(
    pairsOf(rest).map(({ name: kind, requirements }) => [kind, requirements]),
  );
  const [sha256] = conditions.get('checksum') ?? [];
  return {
    version,
    sha256: sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) ? sha256 : undefined,
    record: {
      platform,
      dependencies: pairsOf(needs),
      ruby: conditions.get('ruby') ?? [],
      rubygems: conditions.get('rubygems') ?? [],
    },
  };
}

function pairsOf(text: string): GemDependency[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((pair) => {
      const colon = pair.indexOf(':');
      return { name: pair.slice(0, colon), requirements: pair.slice(colon + 1).split('&') };
    });
}
