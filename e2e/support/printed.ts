import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The release plan as it was printed, from its first change to the last wave. */
export function planOf(output: string): string {
  const plan =
    /^(?:Changes\n\n[\s\S]*?\n\n)?Release plan [\s\S]*?(?=\n\n(?:dry run:|the edits above))/m.exec(
      output,
    )?.[0];
  if (plan === undefined) throw new Error(`no plan was printed:\n${output}`);
  return plan;
}

/** sha256 of every artifact that `package` recorded, by filename. */
export function artifactsOf(root: string): ReadonlyMap<string, string> {
  const store = join(root, '.forge/artifacts');
  const records = readdirSync(store, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('artifacts.json'),
  );
  return new Map(
    records
      .map(
        (path) =>
          JSON.parse(readFileSync(join(store, path), 'utf8')) as {
            packages: { artifacts: { filename: string; sha256: string }[] }[];
          },
      )
      .flatMap(({ packages }) => packages.flatMap(({ artifacts }) => artifacts))
      .map(({ filename, sha256 }) => [filename, sha256]),
  );
}
