import type { Reader } from '../../../model';
import { loadRuby, type Definition, type RubyFile } from './ruby-file';
import type { Unknown, Value } from './value';

/** What is known at one place of one Ruby file. */
export interface Scope {
  readonly file: RubyFile;
  /** Modules around, outermost first. */
  readonly nesting: readonly string[];
  /** Local variables, and attributes of the specification as `spec.version`. */
  readonly locals: Map<string, Value>;
  readonly reader: Reader;
  /** Workspace-relative directory of the gemspec: `lib` below it is on the load path. */
  readonly root: string;
  /** Files that were looked at. */
  readonly inputs: Set<string>;
  /** Definitions being evaluated, against cycles. */
  readonly pending: readonly Definition[];
  /** Another gemspec by its workspace-relative path; undefined for one that cannot be read. */
  readonly specification: (file: string) => Exclude<Value, Unknown> | undefined;
}

/** The scope at the top of a file. */
export function topScope(
  file: RubyFile,
  reader: Reader,
  more: Pick<Scope, 'root'> & Partial<Pick<Scope, 'specification'>>,
): Scope {
  return {
    file,
    nesting: [],
    locals: new Map(),
    reader,
    inputs: new Set(),
    pending: [],
    specification: () => undefined,
    ...more,
  };
}

/** The same knowledge inside a definition of another place. */
export function scopeOf(definition: Definition, from: Scope): Scope {
  const { file, nesting } = definition;
  return { ...from, file, nesting, locals: new Map(), pending: [...from.pending, definition] };
}

/**
 * Finds a constant `Acme::VERSION` or a method `Acme.version`: in the modules around from the inside out, in
 * the file itself and then in the files that it requires. `pathsOf` tells which files a `require` means.
 */
export function findDefinition(
  name: string,
  scope: Scope,
  pathsOf: (file: RubyFile) => readonly string[],
): Definition | undefined {
  const names = scope.nesting
    .map((_, depth) => scope.nesting.slice(0, scope.nesting.length - depth).join('::'))
    .map((module) => (name.startsWith('.') ? `${module}${name}` : `${module}::${name}`));
  return search(scope.file, [...names, name], new Set());

  function search(
    file: RubyFile,
    wanted: readonly string[],
    seen: Set<string>,
  ): Definition | undefined {
    seen.add(file.source.file);
    for (const each of wanted) {
      const own = file.survey().definitions.get(each);
      if (own && !scope.pending.includes(own)) return own;
    }
    for (const path of pathsOf(file)) {
      if (seen.has(path)) continue;
      const required = loadRuby(path, scope.reader);
      if (!required) continue;
      scope.inputs.add(path);
      const found = search(required, wanted, seen);
      if (found) return found;
    }
    return undefined;
  }
}
