/**
 * Tells whether a `package.json` belongs to the globs of a package manager's workspaces, as Nx 23 decides it
 * (`nx/src/plugins/package-json`): patterns get `/package.json` appended, negative patterns win, and only
 * negative ones mean "everything else".
 */
export function workspaceMatcher(globs: readonly string[]): (file: string) => boolean {
  const patterns = globs.map(toManifestPattern);
  const positive = patterns.filter((pattern) => !pattern.startsWith('!'));
  const negative = patterns.filter((pattern) => pattern.startsWith('!'));
  const isDefault =
    positive.length === 0 || (positive.length === 1 && positive[0] === rootManifest);
  if (negative.length > 0 && isDefault) positive.push(`**/${rootManifest}`);
  const included = positive.map((pattern) => globExpression(pattern));
  const excluded = negative.map((pattern) => globExpression(pattern.slice(1)));
  return (file) =>
    included.some((pattern) => pattern.test(file)) &&
    !excluded.some((pattern) => pattern.test(file));
}

const rootManifest = 'package.json';

function toManifestPattern(glob: string): string {
  const [, not = '', path = ''] = /^(!?)(?:\.\/)?(.*?)\/?$/.exec(glob) ?? [];
  if (path === rootManifest || path.endsWith(`/${rootManifest}`)) return not + path;
  return path === '' || path === '.' ? not + rootManifest : `${not}${path}/${rootManifest}`;
}

/** `*`, `?`, `**`, `{a,b}` and `[abc]`; a leading dot is matched by a wildcard only with `dot`. */
export function globExpression(glob: string, { dot = false } = {}): RegExp {
  const plain = dot ? '' : '(?!\\.)';
  let depth = 0;
  const tokens = glob.match(/\*\*\/|\*\*|\*|\?|\{|\}|,|\[[^\]]*\]|[^*?{},[]+|\[/g) ?? [];
  const body = tokens.map((token) => {
    if (token === '**/') return `(?:${plain}[^/]+/)*`;
    if (token === '**') return `(?:${plain}[^/]+(?:/${plain}[^/]+)*)?`;
    if (token === '*') return `${plain}[^/]*`;
    if (token === '?') return '[^/]';
    if (token === '{') return ((depth += 1), '(?:');
    if (token === '}' && depth > 0) return ((depth -= 1), ')');
    if (token === ',' && depth > 0) return '|';
    if (/^\[.+\]$/.test(token)) return token.replace(/^\[!/, '[^');
    return token.replace(/[.+^$()|\\{}[\]]/g, '\\$&');
  });
  return new RegExp(`^${body.join('')}${')'.repeat(depth)}$`);
}
