import { groupBy } from './group-by';
import { baseNameOf, byCodeUnit } from './paths';

/** `Reader.find` over a list of files, which is looked through when somebody first asks. */
export function fileFinder(files: Iterable<string>): (pattern: string) => readonly string[] {
  let byName: ReadonlyMap<string, readonly string[]> | undefined;
  return (pattern) => {
    byName ??= groupBy([...files].sort(byCodeUnit), baseNameOf);
    if (!pattern.startsWith('*')) return byName.get(pattern) ?? [];
    const ending = pattern.slice(1);
    const named = [...byName].filter(([name]) => name.endsWith(ending));
    return named.flatMap(([, each]) => each).sort(byCodeUnit);
  };
}
