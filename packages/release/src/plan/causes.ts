import { implicitGroup } from '../configuration/nx-release-groups';

/** Why a package gets a version. */
export type Cause =
  /** What somebody asked for, in words: a specifier, commits, a version plan. */
  | { readonly kind: 'asked'; readonly text: string }
  | { readonly kind: 'dependency' }
  | { readonly kind: 'member'; readonly group: string }
  | { readonly kind: 'follows'; readonly group: string }
  | { readonly kind: 'shares'; readonly name: string };

/** The cause in words; `moved` are the dependencies of the package that get a version as well. */
export function describeCause(cause: Cause, moved: readonly string[]): string {
  switch (cause.kind) {
    case 'asked':
      return cause.text;
    case 'dependency':
      return describeMoved(moved);
    case 'member':
      return cause.group === implicitGroup
        ? 'released together with all others'
        : `member of the fixed group \`${cause.group}\``;
    case 'follows':
      return `follows \`${cause.group}\``;
    case 'shares':
      return `shares its version place with \`${cause.name}\``;
  }
}

function describeMoved(moved: readonly string[]): string {
  const [first, ...more] = moved;
  if (first === undefined) return 'a dependency moved';
  const names = more.length > 2 ? [first] : moved;
  const list = names.map((name) => `\`${name}\``).join(', ');
  if (names.length < moved.length) return `dependencies ${list} and ${more.length} others moved`;
  return `${moved.length === 1 ? 'dependency' : 'dependencies'} ${list} moved`;
}
