import { posix } from 'node:path';
import type { Reader, Source } from '../../../model';
import type { SpecDependency, Specification } from '../gemspec/specification';
import { render } from '../ruby/value';
import { gemfileEntries, hasGemspec, type GemfileEntry } from './gemfile';

/** What the Gemfile of a gem adds to its gemspec. */
export interface BesideGemspec {
  /** Directories of local gems by name. */
  readonly paths: ReadonlyMap<string, string>;
  /** Gems that only development needs, or on which the Gemfile has a requirement of its own. */
  readonly dependencies: readonly SpecDependency[];
  /** The Gemfile, if there is one. */
  readonly inputs: readonly string[];
}

/** The Gemfile in the directory of a gemspec: where local gems lie, and which further ones development takes. */
export function besideGemspec(
  { file }: Source,
  { attributes, dependencies }: Specification,
  reader: Reader,
): BesideGemspec {
  const directory = posix.dirname(file);
  const path = ['Gemfile', 'gems.rb']
    .map((name) => posix.join(directory, name))
    .find((each) => reader.read(each) !== undefined);
  if (path === undefined) return { paths: new Map(), dependencies: [], inputs: [] };
  const own = render(attributes.get('name')?.value);
  const entries = gemfileEntries(path, reader).filter(({ name }) => render(name) !== own);
  const known = new Set(dependencies.map(({ name }) => render(name)));
  return {
    paths: new Map(entries.map((entry) => [render(entry.name) ?? '', entry.path])),
    dependencies: entries.filter((entry) => isFurther(entry, known) && leads(entry, reader)),
    inputs: [path],
  };
}

function isFurther({ name, requirements }: GemfileEntry, known: Set<string | null>): boolean {
  return requirements.length > 0 || !known.has(render(name));
}

function leads({ path }: GemfileEntry, reader: Reader): boolean {
  return !path.startsWith('..') && hasGemspec(path, reader);
}
