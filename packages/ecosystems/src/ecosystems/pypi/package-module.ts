import type { Reader } from '../../model';
import type { TomlTable } from '../../text';
import { localPath } from './local-path';
import type { Place } from './places';
import { bindingOf } from './python-module';
import { stringAt } from './toml-access';

const attribute = '__version__';

/**
 * A literal `__version__` in the package of a project whose manifest states the version itself. No build reads it,
 * so it goes stale when nobody moves it: shown, not edited.
 */
export function packageModule(
  directory: string,
  name: string,
  document: TomlTable,
  reader: Reader,
): Place | undefined {
  const module = name.toLowerCase().replace(/[-.]/g, '_');
  const root = stringAt(document, ['tool', 'maturin', 'python-source']);
  const roots = [...(root === undefined ? [] : [root]), 'src', '.', 'python'];
  for (const each of roots) {
    const file = localPath(directory, `${each}/${module}/__init__.py`);
    const source = file === undefined ? undefined : reader.read(file);
    const binding = source && bindingOf(source.text, attribute);
    if (source && binding?.kind === 'literal') {
      const { value: text, start, end } = binding.text;
      const fixed = 'no build reads it; declare it as a follower to have it moved along';
      return { source, via: attribute, text, span: { start, end }, fixed };
    }
  }
  return undefined;
}
