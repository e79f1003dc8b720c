import type { Json } from '../../model';
import { fieldsOf, isTerms, textOf, type Term } from './erlang';

/** One dependency as a package's metadata gives it. */
export interface RequirementFact {
  /** Name of the package. */
  readonly name: string;
  /** Name of the application, where it differs. */
  readonly app: string;
  readonly requirement: string;
  readonly optional: boolean;
  /** Name of the repository that it comes from: `hexpm`. */
  readonly repository: string;
}

/** The facts of a tarball's `metadata.config` that a registry needs. */
export interface PackageMetadata {
  readonly name: string;
  readonly version: string;
  readonly app: string;
  readonly description: string;
  readonly licenses: readonly string[];
  /** Addresses by what they are called. */
  readonly links: Readonly<Record<string, string>>;
  readonly buildTools: readonly string[];
  readonly requirements: readonly RequirementFact[];
}

/**
 * Requirements stand there in two forms: a list of `[{name, ...}, {app, ...}]` (Mix), or a list or map of
 * `{name, [{app, ...}]}` (rebar3).
 */
export function metadataOf(terms: readonly Term[]): PackageMetadata {
  const fields = fieldsOf(terms);
  const name = textOf(fields.get('name'));
  return {
    name,
    version: textOf(fields.get('version')),
    app: textOf(fields.get('app')) || name,
    description: textOf(fields.get('description')),
    licenses: texts(fields.get('licenses')),
    links: linksOf(fields.get('links')),
    buildTools: texts(fields.get('build_tools')),
    requirements: requirementsOf(fields.get('requirements')),
  };
}

/** The same as plain data that can be stored, and back. */
export function toJson(metadata: PackageMetadata): Json {
  return { ...metadata, requirements: metadata.requirements.map((each) => ({ ...each })) };
}

function requirementsOf(term: Term | undefined): RequirementFact[] {
  if (isTerms(term) && term.every(isTerms))
    return term.map((each) => requirementOf(textOf(fieldsOf(each).get('name')), fieldsOf(each)));
  return [...fieldsOf(term)].map(([name, value]) => requirementOf(name, fieldsOf(value)));
}

function requirementOf(name: string, fields: ReadonlyMap<string, Term>): RequirementFact {
  return {
    name,
    app: textOf(fields.get('app')) || name,
    requirement: textOf(fields.get('requirement')) || '>= 0.0.0',
    optional: textOf(fields.get('optional')) === 'true',
    repository: textOf(fields.get('repository')) || 'hexpm',
  };
}

/** A map (rebar3) or a list of pairs (Mix). */
function linksOf(term: Term | undefined): Record<string, string> {
  return Object.fromEntries([...fieldsOf(term)].map(([name, url]) => [name, textOf(url)]));
}

function texts(term: Term | undefined): string[] {
  return isTerms(term) ? term.map(textOf) : [];
}
