import { posix } from 'node:path';
import type { AccessPlace, AccessSettings } from '../../../model';
import { parseToml } from '../../../text';
import { valueAt } from '../manifest/tables';

/** Where cargo 1.95 looks, from the manifest's directory up to the top, then in its home; credentials are in the home only. */
export function configurationFiles({ directory, env, home }: AccessPlace): readonly string[] {
  const cargoHome = env['CARGO_HOME'] || posix.join(home, '.cargo');
  const own = ['config.toml', 'config'];
  return [
    ...['credentials.toml', 'credentials'].map((name) => posix.join(cargoHome, name)),
    ...upwards(directory).flatMap((at) => own.map((name) => posix.join(at, '.cargo', name))),
    ...own.map((name) => posix.join(cargoHome, name)),
  ];
}

function upwards(directory: string): readonly string[] {
  const parent = posix.dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
}

/** A text of the configuration with the file that has it; the first file wins. */
export function setting(
  { files }: AccessSettings,
  ...path: readonly string[]
): { readonly value: string; readonly file: string } | undefined {
  for (const source of files) {
    const table = parseToml(source);
    const value = table.ok ? valueAt(table.value, ...path) : undefined;
    if (typeof value === 'string') return { value, file: source.file };
  }
  return undefined;
}

/** Names of all registries that the configuration has an index for. */
export function configuredRegistries({ files }: AccessSettings): readonly string[] {
  const names = files.flatMap((source) => {
    const table = parseToml(source);
    const registries = table.ok ? valueAt(table.value, 'registries') : undefined;
    return Object.keys((registries ?? {}) as object);
  });
  return [...new Set(names)];
}

/** Part of the names of cargo's variables for a registry: `my-registry` → `MY_REGISTRY`. */
export function variablePart(registry: string): string {
  return registry.toUpperCase().replaceAll(/[-.]/g, '_');
}

/** The index of a registry as the environment or the configuration gives it. */
export function indexOf(registry: string, settings: AccessSettings): string | undefined {
  const variable = settings.env[`CARGO_REGISTRIES_${variablePart(registry)}_INDEX`];
  return variable || setting(settings, 'registries', registry, 'index')?.value;
}

/** `sparse+https://host/index/` → `https://host/index`; undefined for the index in a git repository. */
export function sparseIndex(index: string): string | undefined {
  return /^sparse\+(.+?)\/*$/.exec(index)?.[1];
}
