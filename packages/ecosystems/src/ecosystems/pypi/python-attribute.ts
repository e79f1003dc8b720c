import { posix } from 'node:path';
import type { Reader, Source } from '../../model';
import { bindingOf, type FoundText } from './python-module';

export interface FoundAttribute {
  /** Where the literal stands; absent where the attribute is computed. */
  readonly found?: { readonly source: Source; readonly text: FoundText };
  /** Every module that was looked into. */
  readonly inputs: readonly string[];
}

/** So many modules may hand a name on. */
const longestChain = 4;

/** A name's literal: in a module itself, or where it imports the name from (`from .version import __version__`). */
export function findAttribute(source: Source, name: string, reader: Reader): FoundAttribute {
  const inputs: string[] = [];
  let [module, wanted]: [Source | undefined, string] = [source, name];
  while (module && inputs.length < longestChain) {
    inputs.push(module.file);
    const binding = bindingOf(module.text, wanted);
    if (binding?.kind === 'literal')
      return { found: { source: module, text: binding.text }, inputs };
    if (binding?.kind !== 'import') break;
    module = moduleFiles(module.file, binding.module)
      .map((file) => reader.read(file))
      .find((each) => each !== undefined);
    wanted = binding.name;
  }
  return { inputs };
}

/** Files that a module may mean which another one imports: relative by its dots, else from a directory above. */
function moduleFiles(importer: string, module: string): string[] {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const path = module.slice(dots).replaceAll('.', '/');
  const own = posix.dirname(importer);
  const bases =
    dots > 0
      ? [posix.join(own, '../'.repeat(dots - 1))]
      : [posix.join(own, '..'), posix.join(own, '../..')];
  return bases
    .filter((base) => !base.startsWith('..'))
    .flatMap((base) => [posix.join(base, `${path}.py`), posix.join(base, path, '__init__.py')]);
}
