import {
  ok,
  type Contents,
  type DependencyKind,
  type DescribedDependency,
  type Json,
} from '../../model';
import type { TomlTable } from '../../text';
import { isTable, valueAt } from './manifest/tables';
import { readCrate } from './registry/archive';
import type { IndexDependency } from './registry/index-file';
import { isCrateName } from './registry/crate-rules';

/** A crate as such: everything that publishing claims stands in the manifest that cargo packed. */
export const contents: Contents = {
  isName: isCrateName,
  toRequest(_, bytes) {
    const crate = readCrate(bytes, 'FORGE-R001');
    if (!crate.ok) return crate;
    const body = withLengths(Buffer.from(JSON.stringify(claimOf(crate.value.manifest))), bytes);
    return ok({ method: 'PUT', path: '/api/v1/crates/new', headers: {}, body });
  },
  describe(metadata) {
    const said = metadata as { readonly [key: string]: Json };
    const { deps } = said['index'] as { readonly deps: readonly IndexDependency[] };
    return {
      summary: text(said['description']),
      license: text(said['license']),
      homepage: text(said['homepage']),
      repository: text(said['repository']),
      keywords: texts(said['keywords']),
      categories: texts(said['categories']),
      dependencies: deps.map(describeDependency),
    };
  },
};

function describeDependency(dependency: IndexDependency): DescribedDependency {
  const { name, req: requirement, kind, optional } = dependency;
  const kinds: Readonly<Record<string, DependencyKind>> = { dev: 'dev', build: 'build' };
  const isFor = kinds[kind] ?? (optional ? 'optional' : 'runtime');
  return { name: dependency.package ?? name, requirement, kind: isFor };
}

/** Both parts with their length in front, 32 bits little endian. */
function withLengths(...parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(part.length);
      return [length, part];
    }),
  );
}

/** What cargo says beside the crate when it uploads one (`NewCrate` of cargo 1.95). */
function claimOf(manifest: TomlTable): Record<string, unknown> {
  const said = isTable(manifest['package']) ? manifest['package'] : {};
  const { name, version: vers, links, 'rust-version': rustVersion, ...rest } = said;
  return {
    ...rest,
    name,
    vers,
    links: links ?? null,
    rust_version: rustVersion ?? null,
    features: manifest['features'] ?? {},
    deps: [
      ...dependenciesOf(manifest, null),
      ...entries(manifest['target']).flatMap(([target, tables]) => dependenciesOf(tables, target)),
    ],
  };
}

const sections = {
  dependencies: 'normal',
  'dev-dependencies': 'dev',
  'build-dependencies': 'build',
} as const;

function dependenciesOf(tables: unknown, target: string | null): Record<string, unknown>[] {
  return Object.entries(sections).flatMap(([section, kind]) =>
    entries(valueAt(tables, section)).map(([key, stated]) => {
      const at = (field: string) => valueAt(stated, field);
      const name = at('package') ?? key;
      return {
        name,
        version_req: typeof stated === 'string' ? stated : (at('version') ?? '*'),
        explicit_name_in_toml: name === key ? null : key,
        features: at('features') ?? [],
        optional: at('optional') === true,
        default_features: at('default-features') !== false,
        registry: at('registry-index') ?? null,
        target,
        kind,
      };
    }),
  );
}

function entries(table: unknown): [string, unknown][] {
  return isTable(table) ? Object.entries(table) : [];
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
