import { posix } from 'node:path';
import type { Embed, Reader } from '../../model';
import type { Project } from './project';

const crateManifest = 'Cargo.toml';
const useRustler = /^\s*use\s+(Rustler|RustlerPrecompiled)\b((?:[^\n]*,\s*\n)*[^\n]*)/gm;

export interface FoundEmbeds {
  readonly embeds: readonly Embed[];
  /** Files that were looked at for evidence. */
  readonly inputs: readonly string[];
}

/**
 * Crates that Rustler compiles into the application. Evidence: `rustler_crates` of `project/0` (Rustler up
 * to 0.21), `use Rustler, crate: "x"` in a module (since 0.22), and `native/<app>`, Rustler's own default.
 */
export function findEmbeds(project: Project, directory: string, reader: Reader): FoundEmbeds {
  const configured = project.rustlerCrates.map((path) => ({ path, via: 'rustler_crates' }));
  const names = new Set(project.dependencies.map(({ name }) => name));
  if (!names.has('rustler') && !names.has('rustler_precompiled'))
    return embedsAt(configured, directory, reader, []);
  const modules = [`lib`, `lib/${project.app}`].flatMap((folder) => {
    const under = posix.join(directory, folder);
    return reader.list(under).map((name) => posix.join(under, name));
  });
  const sources = modules.filter((file) => file.endsWith('.ex'));
  const used = sources.flatMap((file) => cratesUsed(reader.read(file)?.text ?? '', project.app));
  const fallback = [project.app, `${project.app}_nif`].map((name) => ({
    path: `native/${name}`,
    via: 'dependency rustler',
    ships: names.has('rustler_precompiled') ? ('binary' as const) : ('source' as const),
  }));
  const found = [...configured, ...used];
  return embedsAt(found.length > 0 ? found : fallback, directory, reader, sources);
}

interface Candidate {
  readonly path: string;
  readonly via: string;
  readonly ships?: Embed['ships'];
}

/** `crate:` defaults to the name of the application; `path:` to `native/<crate>`. */
function cratesUsed(text: string, app: string | undefined): Candidate[] {
  return [...text.matchAll(useRustler)].map(([, module = '', options = '']) => {
    const crate = /\bcrate:\s*[:"](\w+)/.exec(options)?.[1] ?? app ?? '';
    const path = /\bpath:\s*"([^"]+)"/.exec(options)?.[1] ?? `native/${crate}`;
    const ships = module === 'Rustler' ? ('source' as const) : ('binary' as const);
    return { path, via: `use ${module}`, ships };
  });
}

function embedsAt(
  candidates: readonly Candidate[],
  directory: string,
  reader: Reader,
  inputs: readonly string[],
): FoundEmbeds {
  const byManifest = new Map<string, Embed>();
  for (const { path, via, ships = 'source' } of candidates) {
    const folder = posix.join(directory, path);
    const manifest = posix.join(folder, crateManifest);
    if (reader.list(folder).includes(crateManifest))
      byManifest.set(manifest, { manifest, via, ships });
  }
  return { embeds: [...byManifest.values()], inputs };
}
