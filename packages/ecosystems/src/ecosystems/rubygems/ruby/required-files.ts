import { posix } from 'node:path';
import { LocalVariableReadNode, type CallNode } from '@ruby/prism/src/nodes.js';
import { argumentNodes, evaluate } from './evaluate';
import type { Node } from './prism';
import type { RubyFile } from './ruby-file';
import type { Scope } from './scope';
import { flatten, render } from './value';

/** Workspace-relative files that the `require`s of a file may mean; what is not in the workspace is not there to be read. */
export function requiredFiles(file: RubyFile, scope: Scope): readonly string[] {
  const { requires } = file.survey();
  if (requires.length === 0) return [];
  const here = loadingScope(file, scope);
  const directories = [...loadPath(file, here), posix.join(`/${scope.root}`, 'lib')];
  return requires.flatMap((call) => {
    const node = argumentNodes(call)[call.name === 'autoload' ? 1 : 0] ?? null;
    const [path] = texts(node, file, here);
    if (path === undefined) return [];
    return startsOf(call, path, directories, here).map((start) => {
      const target = posix.resolve(start, path).slice(1);
      return target.endsWith('.rb') ? target : `${target}.rb`;
    });
  });
}

/** Paths are made of literals and of what stands in the file itself: to follow its `require`s for them would not end. */
function loadingScope(file: RubyFile, scope: Scope): Scope {
  const survey = { ...file.survey(), requires: [] };
  const alone: RubyFile = { ...file, survey: () => survey };
  return { ...scope, file: alone, nesting: [], locals: new Map() };
}

function texts(node: Node | null, file: RubyFile, here: Scope): string[] {
  const meant =
    node instanceof LocalVariableReadNode ? (file.survey().locals.get(node.name) ?? null) : node;
  return flatten(evaluate(meant, here)).flatMap((value) => render(value) ?? []);
}

/** Directories that the file puts on the load path, as absolute paths of the workspace. */
function loadPath(file: RubyFile, here: Scope): string[] {
  return file
    .survey()
    .loadPath.flatMap((call) => argumentNodes(call).flatMap((each) => texts(each, file, here)))
    .map((path) => posix.resolve(`/${here.root}`, path));
}

/** `require_relative` starts at the file, `require "./x"` and `load` at the gem, a plain `require` on the load path. */
function startsOf(
  { name }: CallNode,
  path: string,
  directories: readonly string[],
  { file, root }: Scope,
): readonly string[] {
  if (name === 'require_relative') return [posix.dirname(`/${file.source.file}`)];
  if (name === 'load' || path.startsWith('.')) return [`/${root}`];
  return path.startsWith('/') ? ['/'] : directories;
}
