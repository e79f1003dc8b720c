import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../packages/registry/src/store';
import { postgresBinaries } from '../../packages/registry/src/testing/postgres-binaries';
import { startPostgresCluster } from '../../packages/registry/src/testing/postgres-cluster';
import type { Figure } from './figures';
import { contests, forgeRegistry, type Contest } from './registry/contests';
import { clientCount, drive, type Load } from './registry/load';
import { nameOf, publishAll, sendUpload } from './registry/measure';
import { seedPackages } from './registry/seed';
import { startServer } from './registry/servers';

const versions = 20;
const smallest = 1000;
const reads = 4000;

/**
 * What a read and a publish take when a registry holds many versions (`registry-growth=100000`), beside what they take
 * when it holds a thousand.
 */
export async function registryGrowth(most = 10_000): Promise<Figure[]> {
  const [contest] = contests;
  if (!contest) throw new Error('there is no protocol to measure');
  const cluster = postgresBinaries() === undefined ? undefined : await startPostgresCluster();
  try {
    const figures: Figure[] = [];
    for (const isShared of cluster ? [false, true] : [false]) {
      const measure = async (size: number) =>
        measureAt(contest, size / versions, isShared ? await cluster?.createDatabase() : undefined);
      const few = await measure(smallest);
      const many = await measure(most);
      const where = isShared ? ' on PostgreSQL' : '';
      for (const [kind, load] of Object.entries(many))
        figures.push(compare(`${kind}, ${most} versions${where}`, load, few[kind] ?? load));
    }
    return figures;
  } finally {
    await cluster?.stop();
  }
}

/** By the time on processors, whoever else is busy. Half as long again is no growth yet: so much runs differ. */
function compare(what: string, many: Load, few: Load): Figure {
  console.log(`${what}: ${loadText(many)}; at ${smallest}: ${loadText(few)}`);
  return {
    what,
    value: many.cpu,
    wall: many.p50,
    unit: 'ms',
    baseline: few.cpu,
    bar: few.cpu * 1.5,
  };
}

function loadText({ p50, p99, cpu }: Load): string {
  return `${p50.toFixed(1)} ms (half), ${p99.toFixed(1)} ms (99 %), ${cpu.toFixed(2)} ms on a processor`;
}

type Loads = Readonly<Record<string, Load>>;

async function measureAt(
  contest: Contest,
  packages: number,
  database: string | undefined,
): Promise<Loads> {
  const directory = mkdtempSync(join(tmpdir(), 'forge-bench-registry-'));
  const program = forgeRegistry(database);
  try {
    const first = await startServer(program, directory);
    const template = await publishAll(
      first.pid,
      { packages: 1, versions, reads },
      (name, version) => sendUpload(first.url, contest, name, version),
    );
    await first.stop();
    if (template.failures.length > 0) throw new Error(template.failures.join('; '));
    const store = await openStore({ data: join(directory, 'data'), database });
    await seedPackages(store.db, nameOf(0), packages, nameOf).finally(() => store.close());
    const server = await startServer(program, directory);
    return await measureReads(contest, server, packages).finally(() => server.stop());
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Packages that are asked for, the same number whatever the size: a registry that grows is not asked for more of them. */
const asked = 50;
/** The first of them only make the server ready, which has just started. */
const readying = 10;

async function measureReads(
  contest: Contest,
  { pid, url }: { readonly pid: number; readonly url: string },
  packages: number,
): Promise<Loads> {
  const spread = (at: number) => nameOf(Math.floor((at * packages) / asked));
  const read = (kind: string, from: number, until: number, count: number) =>
    drive(pid, (client, turn) => {
      const at = turn * clientCount + client;
      const path = contest.ours.reads[kind]?.(
        spread(from + (at % (until - from))),
        `1.${Math.floor(at / (until - from)) % versions}.0`,
      );
      return at < count && path ? fetch(`${url}${path}`) : null;
    });
  const loads: Record<string, Load> = {};
  const [first] = Object.keys(contest.ours.reads);
  if (first === undefined) throw new Error('there is nothing to read');
  await read(first, 0, readying, reads / 4);
  loads[`${first}, asked for the first time`] = await read(
    first,
    readying,
    asked,
    asked - readying,
  );
  for (const kind of Object.keys(contest.ours.reads))
    loads[kind] = await read(kind, 0, asked, reads);
  const another = { packages: 8, versions: 20, reads };
  loads['publish'] = await publishAll(pid, another, (name, version) =>
    sendUpload(url, contest, name, version.replace('1.', '2.')),
  );
  const failures = Object.values(loads).flatMap((load) => load.failures);
  if (failures.length > 0) throw new Error(failures.join('; '));
  return loads;
}
