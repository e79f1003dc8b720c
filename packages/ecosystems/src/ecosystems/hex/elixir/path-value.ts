import { posix } from 'node:path';
import { piped } from './pipe';
import { resolve, type Scope } from './resolve';
import type { Call, Expression, Text } from './syntax';

/** Deeper than any path is put together. */
const maxDepth = 16;

/** What a path expression says, relative to the directory that Mix runs in: the manifest's own. */
export function findPath(expression: Expression, scope: Scope, depth = 0): string | undefined {
  if (depth > maxDepth) return undefined;
  const { expression: found, scope: within } = resolve(expression, scope);
  const value = piped(found);
  const join = (parts: readonly Expression[], glue: string): string | undefined => {
    const paths = parts.slice(0, maxDepth).map((part) => findPath(part, within, depth + 1));
    return paths.includes(undefined) ? undefined : posix.normalize(paths.join(glue));
  };
  if (value.kind === 'text') return pathText(value);
  if (value.kind === 'operation' && value.operator === '<>')
    return join([value.left, value.right], '');
  return value.kind === 'call' ? pathOfCall(value, join) : undefined;
}

function pathOfCall(
  { name, args }: Call,
  join: (parts: readonly Expression[], glue: string) => string | undefined,
): string | undefined {
  const [first, second] = args;
  if (name === '__DIR__' || (name === 'File.cwd!' && !first)) return '.';
  if (name === 'Path.join' && first) return join(first.kind === 'list' ? first.items : args, '/');
  // Beside __DIR__ a second argument of another kind would be an absolute path, which no repository has.
  if (name === 'Path.expand' && first) return join(second ? [second, first] : [first], '/');
  return undefined;
}

/** Literal characters; a leading `#{__DIR__}` is the manifest's directory. */
function pathText({ value, form }: Text): string | undefined {
  const path = value.replace(/^#\{__DIR__\}/, '.');
  if (form === 'plain' || form === 'charlist') return path;
  return form === 'interpolated' && !path.includes('#{') ? path : undefined;
}
