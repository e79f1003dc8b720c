import type { Json } from '../../model';
import { toJson, type PackageMetadata, type RequirementFact } from './metadata';

/** What the server keeps with a version. */
export interface StoredFacts {
  readonly app: string;
  readonly description: string;
  readonly licenses: readonly string[];
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
  const facts: { readonly [key: string]: Json | undefined } =
    stored !== null && typeof stored === 'object' && !Array.isArray(stored)
      ? (stored as { readonly [key: string]: Json })
      : {};
  return {
    app: text(facts['app']),
    description: text(facts['description']),
    licenses: list(facts['licenses']).map(text),
    buildTools: list(facts['buildTools']).map(text),
    requirements: list(facts['requirements']) as unknown as readonly RequirementFact[],
    innerChecksum: text(facts['innerChecksum']),
  };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
