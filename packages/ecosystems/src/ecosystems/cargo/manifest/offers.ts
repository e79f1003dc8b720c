import type { TomlTable } from '../../../text';
import { whyForeign } from './foreign-requirement';
import { isTable, resolvePath, valueAt } from './tables';

/** An entry of `[workspace.dependencies]`. */
export interface Offer {
  readonly key: string;
  /** The name that the registry knows. */
  readonly name: string;
  /** Workspace-relative directory of the package that it means by a path. */
  readonly directory?: string;
  /** Why its requirement stays whatever is released. */
  readonly fixed?: string;
}

/** What a workspace root in `directory` offers to its members, by key. */
export function readOffers(directory: string, workspace: TomlTable): ReadonlyMap<string, Offer> {
  const table = workspace['dependencies'];
  const entries = Object.entries(isTable(table) ? table : {}).flatMap(([key, spec]) =>
    typeof spec === 'string' || isTable(spec) ? [{ key, spec, name: nameOf(key, spec) }] : [],
  );
  const local = new Set(
    entries.filter(({ spec }) => pathOf(spec) !== undefined).map(({ name }) => name),
  );
  return new Map(
    entries.map(({ key, spec, name }) => {
      const path = pathOf(spec);
      const fixed = whyForeign(spec, local.has(name));
      const offer: { -readonly [Key in keyof Offer]: Offer[Key] } = { key, name };
      if (path !== undefined) offer.directory = resolvePath(directory, path);
      if (fixed !== undefined) offer.fixed = fixed;
      return [key, offer];
    }),
  );
}

function nameOf(key: string, spec: string | TomlTable): string {
  const name = valueAt(spec, 'package');
  return typeof name === 'string' ? name : key;
}

function pathOf(spec: string | TomlTable): string | undefined {
  const path = valueAt(spec, 'path');
  return typeof path === 'string' ? path : undefined;
}
