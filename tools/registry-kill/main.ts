/**
 * Eight publishers at work for a minute while the registry is killed with SIGKILL at twenty points, on the embedded
 * database or, with `--postgres`, on PostgreSQL. Exit code 0 only if every acknowledged version is there and whole, and
 * nothing is there by halves. `npx tsx tools/registry-kill/main.ts`, after `npx tsc -b`.
 */
import { killUnderLoad } from '../../e2e/support/load/kill-under-load';
import { startPostgresCluster } from '../../packages/registry/src/testing/postgres-cluster';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(argv: readonly string[]): Promise<number> {
  const cluster = argv.includes('--postgres') ? await startPostgresCluster() : undefined;
  const database = await cluster?.createDatabase();
  try {
    const { acknowledged, listed, lost, halves, complaints } = await killUnderLoad({
      publishers: 8,
      points: 20,
      loadMs: 60_000,
      ...(database === undefined ? {} : { env: { FORGE_DATABASE_URL: database } }),
      onPoint: say,
    });
    for (const each of lost) say(`lost: ${each}`);
    for (const each of halves) say(`half: ${each}`);
    for (const each of complaints) say(`refused: ${each}`);
    const kept = acknowledged - lost.length;
    say(
      `killed at 20 points: ${kept} of ${acknowledged} acknowledged versions are there and whole, ${halves.length} of ${listed} by halves`,
    );
    return lost.length + halves.length + complaints.length === 0 && acknowledged > 0 ? 0 : 1;
  } finally {
    await cluster?.stop();
  }
}

// Until it is shown otherwise, also where nothing is left to wait for.
process.exitCode = 2;
main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => console.error(error),
);
