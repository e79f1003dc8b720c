// One sample in one fresh process: node inference-sample.cjs <entry | plugin | read-and-parse> <workspace>
// Prints times as [ms on a processor, ms on the clock].
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { now, since } = require('./sample-time.cjs');

const packages = join(__dirname, '../../packages');
const [mode, root] = process.argv.slice(2);

async function main() {
  if (mode === 'read-and-parse') return { readAndParse: readAndParse() };
  const start = now();
  const plugin = require(join(packages, 'release/dist/index.js'));
  const entry = since(start);
  if (mode === 'entry') return { entry };
  const files = JSON.parse(readFileSync(`${root}.json`, 'utf8'));
  const first = await infer(plugin, files);
  const second = await infer(plugin, files);
  return { entry, cold: first.time, warm: second.time, edges: first.edges };
}

async function infer(plugin, files) {
  const start = now();
  const nodes = await plugin.createNodes[1](files, undefined, {
    workspaceRoot: root,
    nxJsonConfiguration: {},
  });
  const forNodes = since(start);
  const context = dependenciesContext(nodes);
  const between = now();
  const edges = await plugin.createDependencies(undefined, context);
  const forEdges = since(between);
  return { time: forNodes.map((time, at) => time + forEdges[at]), edges: edges.length };
}

/** What Nx would hand over after it merged the nodes. */
function dependenciesContext(nodes) {
  const projects = {};
  for (const [, result] of nodes) {
    for (const [at, project] of Object.entries(result.projects))
      projects[project.name] = { ...project, root: at };
  }
  const none = { nonProjectFiles: [], projectFileMap: {} };
  const context = { projects, externalNodes: {}, fileMap: none, filesToProcess: none };
  return { ...context, workspaceRoot: root, nxJsonConfiguration: {} };
}

/** The same files through the same parsers, and nothing made of them. */
function readAndParse() {
  const { ecosystems } = require(join(packages, 'ecosystems/dist/index.js'));
  const { createFileReader } = require(join(packages, 'release/dist/effects/workspace-reader.js'));
  const { manifestMatcher } = require(join(packages, 'release/dist/graph/manifest-files.js'));
  const files = JSON.parse(readFileSync(`${root}.json`, 'utf8'));
  const start = now();
  const matches = manifestMatcher(ecosystems);
  const reader = createFileReader(root, files);
  let count = 0;
  for (const file of files) {
    const source = reader.read(file);
    if (source && matches(file).format.read(source, reader).ok) count += 1;
  }
  const time = since(start);
  if (count !== files.length) throw new Error(`${files.length - count} manifests cannot be read`);
  return time;
}

main().then((sample) => console.log(JSON.stringify(sample)));
