import type { Json } from '../../model';
import { toJson, type PackageMetadata, type RequirementFact } from './metadata';

/** What the server keeps with a version. */
export interface StoredFacts {
  readonly app: string;
  readonly description: string;
  readonly licenses: readonly string[];
  /** Of what was published before they were kept, there are none. */
  readonly links: Readonly<Record<string, string>>;
  readonly buildTools: readonly string[];
  readonly requirements: readonly RequirementFact[];
  /** Lower-case hex. */
  readonly innerChecksum: string;
}

export function storedMetadata(metadata: PackageMetadata, innerChecksum: string): Json {
  return { ...(toJson(metadata) as { readonly [key: string]: Json }), innerChecksum };
}

/** Our own `storedMetadata` read back; what is not there is empty. */
export function packageFacts(stored: Json): StoredFacts {
  const facts = members(stored);
  return {
    app: text(facts['app']),
    description: text(facts['description']),
    licenses: list(facts['licenses']).map(text),
    links: Object.fromEntries(
      Object.entries(members(facts['links'])).map(([name, url]) => [name, text(url)]),
    ),
    buildTools: list(facts['buildTools']).map(text),
    requirements: list(facts['requirements']) as unknown as readonly RequirementFact[],
    innerChecksum: text(facts['innerChecksum']),
  };
}

function members(value: Json | undefined): { readonly [key: string]: Json | undefined } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  return value as { readonly [key: string]: Json };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
