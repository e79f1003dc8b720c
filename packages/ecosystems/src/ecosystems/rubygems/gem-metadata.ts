import { ForgeError } from '../../errors';
import { fail, ok, type Result } from '../../model';

/** What a built gem says of itself, as far as an index needs it. */
export interface GemSpecification {
  readonly name: string;
  readonly version: string;
  /** `ruby` for a gem that runs, or is built, everywhere. */
  readonly platform: string;
  /** Runtime dependencies only. */
  readonly dependencies: readonly GemDependency[];
  /** Requirements on Ruby and RubyGems themselves; empty for none. */
  readonly ruby: readonly string[];
  readonly rubygems: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly homepage: string;
  readonly licenses: readonly string[];
  readonly authors: readonly string[];
}

export interface GemDependency {
  readonly name: string;
  readonly requirements: readonly string[];
}

/**
 * Reads the YAML of a `Gem::Specification`. The failsafe schema takes every scalar as the text it is, so that
 * the version `1.10` does not become the number 1.1; `!ruby/object` tags are passed over, nothing is made of them.
 */
export function parseSpecification(yaml: string): Result<GemSpecification> {
  const { parseDocument } = require('yaml') as typeof import('yaml');
  const document = parseDocument(yaml, {
    schema: 'failsafe',
    logLevel: 'silent',
    uniqueKeys: false,
  });
  const [error] = document.errors;
  if (error) return malformed(error.message);
  const spec = new Fields(plain(document));
  const name = spec.text('name');
  const version = spec.at('version').text('version');
  if (name === '' || version === '') return malformed('it has no name and version');
  const optional = (field: string): readonly string[] =>
    requirements(spec.at(field)).filter((each) => each !== '>= 0');
  return ok({
    name,
    version,
    platform: spec.text('platform') || 'ruby',
    dependencies: spec.items('dependencies').filter(isRuntime).map(dependency),
    ruby: optional('required_ruby_version'),
    rubygems: optional('required_rubygems_version'),
    summary: spec.text('summary'),
    description: spec.text('description'),
    homepage: spec.text('homepage'),
    licenses: spec.texts('licenses'),
    authors: spec.texts('authors'),
  });
}

/** Aliases beyond the library's limit throw; such a document is a bomb and no specification. */
function plain(document: ReturnType<typeof import('yaml').parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

/** Typed access to what YAML happens to hold; anything missing is empty. */
class Fields {
  constructor(private readonly value: unknown) {}

  at(key: string | number): Fields {
    const { value } = this;
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return new Fields(inside ? (value as Record<string | number, unknown>)[key] : undefined);
  }

  text(key: string | number): string {
    const { value } = this.at(key);
    return typeof value === 'string' ? value : '';
  }

  items(key: string): Fields[] {
    const { value } = this.at(key);
    return Array.isArray(value) ? value.map((each) => new Fields(each)) : [];
  }

  texts(key: string): string[] {
    return this.items(key).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
  }
}

function isRuntime(dependency: Fields): boolean {
  return dependency.text('type') === ':runtime';
}

function dependency(fields: Fields): GemDependency {
  const name = fields.text('name');
  return { name, requirements: requirements(fields.at('requirement')) };
}

/** A list of pairs `["~>", version]`. */
function requirements(requirement: Fields): string[] {
  return requirement
    .items('requirements')
    .map((pair) => `${pair.text(0)} ${pair.at(1).text('version')}`);
}

function malformed(why: string): Result<never> {
  const what = `the metadata of the gem cannot be read: ${why}`;
  return fail(new ForgeError('FORGE-R001', { what }));
}
