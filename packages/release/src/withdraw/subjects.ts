import { all, fail, ForgeError, ok, type Result } from '@forge/ecosystems';
import { publishUpstream } from '../graph/order';
import type { PackageNode, WorkspaceModel } from '../graph/model';
import { publishWaves } from '../plan/publish-order';
import { labelOf, type PublishUnit } from '../plan/publish-unit';

/** One version of a package of the workspace, and when it was published, as far as that is known. */
export interface Subject {
  readonly unit: PublishUnit;
  readonly publishedAt?: number;
}

/** Where a version of a package is; the version in its native spelling. */
export type EndpointsOf = (node: PackageNode, version: string) => PublishUnit['endpoints'];

/** `[ecosystem:]name@version`, the version as the ecosystem or as SemVer spells it. FORGE-W009 for everything else. */
export function subjectsNamed(
  names: readonly string[],
  model: WorkspaceModel,
  endpointsOf: EndpointsOf,
): Result<readonly PublishUnit[]> {
  const published = model.packages.filter(({ role }) => role === 'published');
  return all(names.map((name) => subjectNamed(name, published, endpointsOf)));
}

function subjectNamed(
  text: string,
  published: readonly PackageNode[],
  endpointsOf: EndpointsOf,
): Result<PublishUnit> {
  const [, prefix, name = '', version] = /^(?:([a-z][a-z0-9]*):)?(.+)@([^@]+)$/.exec(text) ?? [];
  if (version === undefined) return unknown(`\`${text}\` is not \`name@version\``);
  const found = published.filter(
    ({ ecosystem, manifest }) =>
      (prefix === undefined || ecosystem.id === prefix) &&
      ecosystem.normalizeName(manifest.name) === ecosystem.normalizeName(name),
  );
  const [node, other] = found;
  if (!node) return unknown(`no published package of this workspace is called \`${text}\``);
  if (other) {
    const all = found.map(({ ecosystem }) => `\`${ecosystem.id}:${name}@${version}\``).join(' or ');
    return unknown(`\`${text}\` may be ${all}`);
  }
  const native = nativeVersion(node, version);
  if (!native.ok) return native;
  const endpoints = endpointsOf(node, native.value);
  return ok({ node, version: native.value, artifacts: [], endpoints, planned: false });
}

function nativeVersion({ ecosystem }: PackageNode, version: string): Result<string> {
  if (ecosystem.versions.isValid(version)) return ok(version);
  return ecosystem.versions.toNative(version);
}

function unknown(what: string): Result<never> {
  return fail(new ForgeError('FORGE-W009', { what }));
}

/** Against the order of publishing: dependents first, so that none is left without what it needs. */
export function dependentsFirst(
  subjects: readonly Subject[],
  model: WorkspaceModel,
): readonly Subject[] {
  const nodes = [...new Set(subjects.map(({ unit }) => unit.node))];
  const waves = publishWaves(nodes, publishUpstream(model));
  // Packages in a cycle were never published in an order either.
  const order = waves.ok ? waves.value.flat() : nodes;
  return [...subjects].sort(
    (a, b) =>
      order.indexOf(b.unit.node) - order.indexOf(a.unit.node) ||
      (labelOf(a.unit) < labelOf(b.unit) ? -1 : 1),
  );
}
