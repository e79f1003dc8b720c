// One sample in one fresh process: node publish-sample.cjs <batch | requests> <workspace>
// Prints milliseconds on the clock; the settings of the registry come from the environment.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const release = join(__dirname, '../../packages/release/dist');
const [mode, root] = process.argv.slice(2);
const names = JSON.parse(readFileSync(join(root, '.git/bench.json'), 'utf8'));

async function main() {
  return mode === 'batch' ? batch() : requests();
}

/** The batch executor as Nx calls it in the process that it forks for a batch. */
async function batch() {
  const { default: publishBatch } = require(join(release, 'executors/publish/publish-batch.js'));
  const ids = names.map((name) => `${name}:publish`);
  const taskGraph = {
    roots: ids,
    tasks: entries((name) => [
      `${name}:publish`,
      { id: `${name}:publish`, target: { project: name, target: 'publish' }, overrides: {} },
    ]),
    dependencies: entries((name) => [`${name}:publish`, []]),
    continuousDependencies: {},
  };
  const targets = { package: { executor: '@forge/release:package' } };
  const projects = entries((name) => [name, { root: `packages/${name}`, targets }]);
  const context = { root, cwd: root, taskGraph, projectsConfigurations: { version: 2, projects } };
  const inputs = Object.fromEntries(ids.map((id) => [id, {}]));
  process.stdout.write = () => true;
  const start = performance.now();
  const results = await publishBatch(taskGraph, inputs, {}, context);
  const time = performance.now() - start;
  delete process.stdout.write;
  const failed = ids.filter((id) => !results[id]?.terminalOutput.startsWith('already there'));
  if (failed.length > 0) throw new Error(`${failed[0]}: ${results[failed[0]]?.terminalOutput}`);
  return time;
}

/** The questions alone: as many requests as there are packages, as many at once as the executor sends. */
async function requests() {
  const left = [...names];
  const base = `${process.env.FORGE_REGISTRY}/npm`;
  const worker = async () => {
    for (let name = left.pop(); name; name = left.pop())
      await (await fetch(`${base}/${name}`)).arrayBuffer();
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: 32 }, worker));
  return performance.now() - start;
}

function entries(toEntry) {
  return Object.fromEntries(names.map(toEntry));
}

main().then((time) => console.log(JSON.stringify(time)));
