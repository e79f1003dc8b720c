import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface SourceFile {
  /** Repository-relative path with `/`. */
  readonly path: string;
  readonly text: string;
  /** Tests, test kits and fixtures: exempt from most rules. */
  readonly isTest: boolean;
}

/** All TypeScript of the packages. */
export function readSources(root: string): readonly SourceFile[] {
  const packages = readdirSync(join(root, 'packages'), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  return packages
    .flatMap(({ name }) => walk(join(root, 'packages', name, 'src')))
    .map((path) => {
      const short = relative(root, path).split('\\').join('/');
      return {
        path: short,
        text: readFileSync(path, 'utf8'),
        isTest: /\.spec\.ts$|\/testing\/|\/fixtures\/|\/conformance\//.test(short),
      };
    });
}

function walk(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'fixtures' ? [] : walk(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}
