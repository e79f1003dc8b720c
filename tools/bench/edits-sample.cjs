// One sample in one fresh process: node edits-sample.cjs <workspace>
// Changes the version of every package and every requirement on another one: plan, splice, read back. Prints
// { read, edit: [ms of the main thread on a processor, ms on the clock], manifests, bytes, edits }.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { now, since } = require('./sample-time.cjs');

const packages = join(__dirname, '../../packages');
const { changeManifests, ecosystems } = require(join(packages, 'ecosystems/dist/index.js'));
const { createFileReader } = require(join(packages, 'release/dist/effects/workspace-reader.js'));
const { edgesBySource } = require(join(packages, 'release/dist/graph/edges.js'));
const { groupBy } = require(join(packages, 'release/dist/graph/group-by.js'));
const { loadWorkspace } = require(join(packages, 'release/dist/graph/load-workspace.js'));

const [root] = process.argv.slice(2);

function main() {
  const files = JSON.parse(readFileSync(`${root}.json`, 'utf8'));
  const reader = createFileReader(root, files);
  const start = now();
  const model = loadWorkspace(files, reader, { ecosystems });
  const read = since(start);
  const asked = changesOf(model, reader);
  const between = now();
  const changed = asked.map(([ecosystem, changes]) => changeManifests(ecosystem, changes, reader));
  const edit = since(between);
  const problem = changed.find(({ ok }) => !ok)?.problems[0];
  if (problem) throw problem;
  const edits = changed.reduce((sum, { value }) => sum + value.edits.length, 0);
  const bytes = model.packages.reduce(
    (sum, { manifest }) => sum + reader.read(manifest.file).bytes.length,
    0,
  );
  return { read, edit, manifests: model.packages.length, bytes, edits };
}

/** For each ecosystem, each package at its next patch and each requirement on it at the same. */
function changesOf({ packages: nodes, ...model }, reader) {
  const edges = edgesBySource({ packages: nodes, ...model });
  const next = new Map(nodes.map((node) => [node, nextOf(node)]));
  const ask = (node) => ({
    source: reader.read(node.manifest.file),
    change: {
      version: next.get(node),
      requirements: (edges.get(node) ?? []).map(({ to, dependency }) => ({
        name: dependency.name,
        version: next.get(to),
        policy: 'always',
      })),
    },
  });
  return [...groupBy(nodes, ({ ecosystem }) => ecosystem)].map(([ecosystem, own]) => [
    ecosystem,
    own.map(ask),
  ]);
}

function nextOf({ ecosystem, manifest }) {
  return ecosystem.versions.bump(manifest.version.value, 'patch', '').value;
}

console.log(JSON.stringify(main()));
