/** The spelling under which crates.io compares names: case, `-` and `_` do not tell two apart. */
export function crateName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}
