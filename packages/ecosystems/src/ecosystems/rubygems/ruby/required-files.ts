import { posix } from 'node:path';
import { argumentsOf } from './evaluate';
import type { RubyFile } from './ruby-file';
import type { Scope } from './scope';
import { render } from './value';

/** Workspace-relative files that the `require`s of a file may mean; what is not in the workspace is not there to be read. */
export function requiredFiles(file: RubyFile, scope: Scope): readonly string[] {
  const here: Scope = { ...scope, file, nesting: [], locals: new Map() };
  return file.requires().flatMap((call) => {
    const path = render(argumentsOf(call, here)[0]);
    if (path === null) return [];
    const target = posix.resolve(`/${startOf(call.name, path, here)}`, path).slice(1);
    return [target.endsWith('.rb') ? target : `${target}.rb`];
  });
}

/** `require_relative` starts at the file, `require "./x"` and `load` at the gem, a plain `require` at its `lib`. */
function startOf(method: string, path: string, { file, root }: Scope): string {
  if (method === 'require_relative') return posix.dirname(file.source.file);
  return method === 'load' || path.startsWith('.') ? root : posix.join(root, 'lib');
}
