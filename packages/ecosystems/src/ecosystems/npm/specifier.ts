/**
 * What stands on the right of a dependency in package.json (npm-package-arg 13, pnpm 10, yarn 4):
 * a range of the registry, possibly behind a protocol, or something that no range can describe.
 */
export type Specifier =
  | RangeSpecifier
  /** `catalog:` or `catalog:name`: the range stands in a file of the workspace. */
  | { readonly kind: 'catalog'; readonly catalog: string }
  | { readonly kind: 'path'; readonly path: string; readonly workspace: boolean }
  /** `local` when it means something on this machine. */
  | { readonly kind: 'other'; readonly why: string; readonly local?: true };

export interface RangeSpecifier {
  readonly kind: 'range';
  /** Registry name where the key is an alias: `npm:core@^1.2`, `workspace:core@*`. */
  readonly target?: string;
  readonly workspace: boolean;
  /** Offset of the range inside the specifier; it goes to the end. */
  readonly at: number;
  /** Also the bare `^` and `~` of `workspace:`. */
  readonly range: string;
}

const protocol = /^([a-z+-]+):/i;
const aliased = /^((?:@[^@/]+\/)?[^@/]+)(?:@(.*))?$/;
const relative = /^\.{1,2}(?:\/|$)/;
const absolute = /^(?:\/|~\/|[a-zA-Z]:)/;
const tag = /^(?![xX](?:\.[xX*])*$)(?![vV]\d)[a-zA-Z][\w.-]*$/;
/** yarn 4 also writes `npm:^1.2.0`, without a name. */
const unnamed = /^(?:[\^~<>=*]|[vV]?\d+(?:[.\s-]|$)|[xX](?:\.|$)|$)/;

/** Never fails: what is not understood is `other`, and stays untouched. */
export function parseSpecifier(raw: string): Specifier {
  const name = protocol.exec(raw)?.[1]?.toLowerCase();
  const rest = name === undefined ? raw : raw.slice(name.length + 1);
  switch (name) {
    case undefined:
      return bare(raw);
    case 'workspace':
      return workspace(rest);
    case 'npm':
      return alias(rest, 'npm:'.length, false);
    case 'catalog':
      return { kind: 'catalog', catalog: rest.trim() || 'default' };
    case 'file':
    case 'link':
    case 'portal':
      return local(rest, false);
    default:
      return { kind: 'other', why: `it is given by \`${name}:\`` };
  }
}

function bare(raw: string): Specifier {
  if (relative.test(raw) || absolute.test(raw)) return local(raw, false);
  if (raw.includes('/')) return { kind: 'other', why: 'it is given by a repository' };
  if (tag.test(raw)) return { kind: 'other', why: 'it is given by a dist-tag' };
  return { kind: 'range', workspace: false, at: 0, range: raw };
}

function local(path: string, inWorkspace: boolean): Specifier {
  if (absolute.test(path))
    return { kind: 'other', why: 'it is given by an absolute path', local: true };
  if (/\.(?:tgz|tar|tar\.gz)$/.test(path))
    return { kind: 'other', why: 'it is given by a tarball', local: true };
  return { kind: 'path', path, workspace: inWorkspace };
}

function workspace(rest: string): Specifier {
  if (relative.test(rest)) return local(rest, true);
  const at = 'workspace:'.length;
  if (/^[^@\s]+@|^@[^@\s]+@/.test(rest)) return alias(rest, at, true);
  if (rest.includes('/'))
    return {
      kind: 'other',
      why: 'it is given by a path from the root of the workspace',
      local: true,
    };
  return { kind: 'range', workspace: true, at, range: rest };
}

/** `name@range`, as it follows a protocol; without `@range` the latest version is meant, without a name the key. */
function alias(rest: string, lead: number, inWorkspace: boolean): Specifier {
  if (unnamed.test(rest)) return { kind: 'range', workspace: inWorkspace, at: lead, range: rest };
  const [, target, range] = aliased.exec(rest) ?? [];
  if (target === undefined) return { kind: 'other', why: 'it cannot be understood' };
  if (range === undefined || tag.test(range))
    return { kind: 'other', why: 'it is given by a dist-tag' };
  return {
    kind: 'range',
    target,
    workspace: inWorkspace,
    at: lead + target.length + 1,
    range,
  };
}
