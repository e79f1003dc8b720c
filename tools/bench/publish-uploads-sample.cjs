// One sample in one fresh process: node --expose-gc publish-uploads-sample.cjs <workspace>
// Prints milliseconds on the clock and on a processor, and what was held on to; the settings of the registry come from the environment.
const { join } = require('node:path');

const release = join(__dirname, '../../packages/release/dist');
const { openWorkspace } = require(join(release, 'effects/open-workspace.js'));
const { createWorld } = require(join(release, 'effects/world.js'));
const { publishUnits } = require(join(release, 'publish/publish-units.js'));
const { unitsOfProject } = require(join(release, 'publish/units-of-project.js'));

/** Bytes that are still held on to: of the heap and of the buffers beside it, which are let go of a turn later. */
async function held() {
  for (let turn = 0; turn < 3; turn += 1) {
    globalThis.gc();
    await new Promise(setImmediate);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function main([root]) {
  const registry = process.env.FORGE_REGISTRY;
  const workspace = await openWorkspace(root);
  const prepared = [...workspace.model.projects.values()].map((project) =>
    unitsOfProject(root, project, { registry }, true),
  );
  const [problem] = prepared.flatMap(({ problems }) => problems);
  if (problem) throw problem;
  const units = prepared.flatMap((each) => each.units);
  const before = await held();
  const options = { registry, onDuplicate: 'fail', allowDirty: true };
  const [start, spent] = [performance.now(), process.cpuUsage()];
  const report = await publishUnits(
    workspace,
    units,
    [],
    options,
    createWorld({ dryRun: false }),
    () => undefined,
  );
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(spent);
  if (report.kind === 'refused') throw report.problems[0];
  const failed = [...report.results.values()].find(({ kind }) => kind !== 'published');
  if (failed) throw failed.error ?? new Error(failed.kind);
  // With the results of all packages still in hand.
  const heldMb = ((await held()) - before) / 1024 ** 2;
  const residentMb = process.resourceUsage().maxRSS / 1024;
  return { ms, cpu: (user + system) / 1000, heldMb, residentMb, packages: report.results.size };
}

main(process.argv.slice(2)).then(
  (sample) => console.log(JSON.stringify(sample)),
  (error) => {
    console.error(error.what ?? error);
    process.exitCode = 1;
  },
);
