import { deflateSync } from 'node:zlib';
import {
  array,
  dump,
  dumpedBytes,
  dumpedObject,
  emptyHash,
  integer,
  nil,
  no,
  object,
  string,
  symbol,
  yes,
  type Marshalled,
} from './marshal';
import type { GemDependency } from './gem-metadata';
import type { PublishedGem } from './published-gem';

/**
 * `quick/Marshal.4.8/NAME-VERSION.gemspec.rz`: what `Gem::Specification#_dump` writes, deflated. RubyGems 3.3
 * resolves by the compact index and fetches this all the same for the gem that is named on the command line.
 */
export function quickSpec(name: string, gem: PublishedGem): Uint8Array {
  const { record, description } = gem;
  const fields = [
    string('3.3.15'), // RubyGems that built it
    integer(4), // CURRENT_SPECIFICATION_VERSION since RubyGems 2
    string(name),
    gemVersion(gem.version),
    string(gem.publishedAt.slice(0, 10)),
    string(description.summary),
    requirement(record.ruby),
    requirement(record.rubygems),
    string(record.platform),
    array(record.dependencies.map(dependency)),
    string(''), // rubyforge_project
    nil, // email
    array(description.authors.map(string)),
    string(description.description),
    string(description.homepage),
    yes, // has_rdoc
    platform(record.platform),
    array(description.licenses.map(string)),
    emptyHash, // metadata
  ];
  return deflateSync(dump(dumpedBytes('Gem::Specification', dump(array(fields)))));
}

/** The name in `NAME-VERSION[-PLATFORM]`. Names hold dashes and digits too; a version has a point as a rule. */
export function nameOfStem(stem: string): string {
  const forms = [/^.+?(?=-\d+\.[0-9A-Za-z.]+(-|$))/, /^.+(?=-\d[0-9A-Za-z]*$)/, /^.+?(?=-\d)/];
  return forms.map((form) => form.exec(stem)?.[0]).find((name) => name !== undefined) ?? stem;
}

export function gemVersion(text: string): Marshalled {
  return dumpedObject('Gem::Version', array([string(text)]));
}

function requirement(texts: readonly string[]): Marshalled {
  const pairs = (texts.length > 0 ? texts : ['>= 0']).map((text) => {
    const [operator = '=', bound = '0'] = text.split(' ');
    return array([string(operator), gemVersion(bound)]);
  });
  return dumpedObject('Gem::Requirement', array([array(pairs)]));
}

/** Both names of the requirement are written: RubyGems before 1.3 read the second. */
function dependency({ name, requirements }: GemDependency): Marshalled {
  return object('Gem::Dependency', {
    '@name': string(name),
    '@requirement': requirement(requirements),
    '@type': symbol('runtime'),
    '@prerelease': no,
    '@version_requirements': requirement(requirements),
  });
}

/** `x86_64-linux-musl` is a processor, a system and its version; `java` a system alone. */
function platform(text: string): Marshalled {
  if (text === 'ruby') return string(text);
  const parts = text.split('-');
  const [cpu, os, release] = parts.length === 1 ? [undefined, ...parts] : parts;
  const optional = (part: string | undefined): Marshalled =>
    part === undefined ? nil : string(part);
  return object('Gem::Platform', {
    '@cpu': optional(cpu),
    '@os': optional(os),
    '@version': optional(release),
  });
}
