import type { Reader, Source } from '../../model';
import { parseToml, type TomlPath, type TomlTable } from '../../text';
import { directoryOf, localPath } from './local-path';
import { stringAt, tableAt, valueAt } from './toml-access';
import { versions } from './versions';

export interface CrateVersion {
  /** As a wheel spells it: maturin turns `1.3.0-rc.1` into `1.3.0rc1`. Null for what PEP 440 cannot spell. */
  readonly value: string | null;
  readonly source: Source;
  readonly path: TomlPath;
  readonly inputs: readonly string[];
}

/** The version of the crate that a wheel is built from, inherited from its workspace where it says so. */
export function crateVersion(manifest: string, reader: Reader): CrateVersion | undefined {
  const crate = parsed(manifest, reader);
  if (!crate) return undefined;
  const own: TomlPath = ['package', 'version'];
  const literal = stringAt(crate.document, own);
  if (literal !== undefined) return found(literal, crate.source, own, [manifest]);
  if (valueAt(crate.document, [...own, 'workspace']) !== true) return undefined;
  const root = workspaceRoot(manifest, crate.document, reader);
  const path: TomlPath = ['workspace', 'package', 'version'];
  const inherited = root && stringAt(root.document, path);
  if (!root || inherited === undefined) return undefined;
  return found(inherited, root.source, path, [manifest, root.source.file]);
}

function found(
  text: string,
  source: Source,
  path: TomlPath,
  inputs: readonly string[],
): CrateVersion {
  const native = versions.toNative(text);
  return { value: native.ok ? native.value : null, source, path, inputs };
}

interface Parsed {
  readonly source: Source;
  readonly document: TomlTable;
}

/** The nearest manifest above that has a `[workspace]`, unless `package.workspace` names it. */
function workspaceRoot(manifest: string, document: TomlTable, reader: Reader): Parsed | undefined {
  const named = stringAt(document, ['package', 'workspace']);
  let directory = directoryOf(manifest);
  if (named !== undefined) return parsed(localPath(directory, `${named}/Cargo.toml`), reader);
  for (;;) {
    const candidate = parsed(localPath(directory, 'Cargo.toml'), reader);
    if (candidate && tableAt(candidate.document, ['workspace'])) return candidate;
    if (directory === '.') return undefined;
    directory = directoryOf(directory);
  }
}

function parsed(file: string | undefined, reader: Reader): Parsed | undefined {
  if (file === undefined) return undefined;
  return reader.memo(`pypi:crate:${file}`, () => {
    const source = reader.read(file);
    const document = source && parseToml(source);
    return source && document?.ok ? { source, document: document.value } : undefined;
  });
}
