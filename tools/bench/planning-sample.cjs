// One sample in one fresh process: node planning-sample.cjs <own | inherited | offered> <count>
// Versions a workspace of crates project by project, as Nx does, and settles the release. Prints
// [ms of the main thread on a processor, edits, bytes of all files].
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const packages = join(__dirname, '../../packages');
const { decodeSource, ecosystems } = require(join(packages, 'ecosystems/dist/index.js'));
const { loadWorkspace } = require(join(packages, 'release/dist/graph/load-workspace.js'));
const { createReleasePlanner } = require(join(packages, 'release/dist/plan/release-planner.js'));

const [kind, amount] = process.argv.slice(2);
const count = Number(amount);
const indexes = Array.from({ length: count }, (_, index) => index);
const needs = (index) => [index - 1, index - 2, index - 7].filter((each) => each >= 0);

/** Where versions and requirements stand: in each crate, or in the one root that all members share. */
const forms = {
  own: {
    version: 'version = "0.3.0"',
    need: (each) => `crate-${each} = { path = "../crate-${each}", version = "=0.3.0" }`,
  },
  inherited: {
    version: 'version.workspace = true',
    need: (each) => `crate-${each} = { path = "../crate-${each}", version = "=0.3.0" }`,
  },
  offered: {
    version: 'version = "0.3.0"',
    need: (each) => `crate-${each}.workspace = true`,
    offer: (each) => `crate-${each} = { path = "crates/crate-${each}", version = "=0.3.0" }`,
  },
};

function crate(index) {
  const { version, need } = forms[kind];
  const lines = ['[package]', `name = "crate-${index}"`, version, 'edition = "2021"', ''];
  return [...lines, '[dependencies]', ...needs(index).map(need), ''].join('\n');
}

function root() {
  const { offer } = forms[kind];
  const lines = ['[workspace]', 'members = ["crates/*"]', '', '[workspace.package]'];
  const offers = offer ? ['', '[workspace.dependencies]', ...indexes.map(offer)] : [];
  return [...lines, 'version = "0.3.0"', ...offers, ''].join('\n');
}

function locked(index) {
  const list = needs(index).map((each) => ` "crate-${each}",`);
  const lines = ['[[package]]', `name = "crate-${index}"`, 'version = "0.3.0"'];
  return [...lines, 'dependencies = [', ...list, ']', ''].join('\n');
}

function readerOf(files) {
  const memos = new Map();
  return {
    read: (file) => files.get(file),
    list: () => [],
    memo(key, compute) {
      if (!memos.has(key)) memos.set(key, compute());
      return memos.get(key);
    },
  };
}

function main() {
  const texts = [
    ['Cargo.toml', root()],
    ['Cargo.lock', `version = 4\n\n${indexes.map(locked).join('\n')}`],
    ...indexes.map((index) => [`crates/crate-${index}/Cargo.toml`, crate(index)]),
  ];
  const sources = texts.map(([file, text]) => decodeSource(file, Buffer.from(text), {}).value);
  const reader = readerOf(new Map(sources.map((source) => [source.file, source])));
  const files = texts.map(([file]) => file);
  const planner = createReleasePlanner(loadWorkspace(files, reader, { ecosystems }), reader);
  const start = onProcessor();
  for (const index of indexes) {
    planner.setVersion(`crate-${index}`, '0.4.0', { kind: 'asked', text: 'a benchmark' });
  }
  const release = planner.settle();
  const end = onProcessor();
  if (!release.ok) throw release.problems[0];
  const { plan } = release.value;
  if (plan.packages.length !== count || plan.edits.length < count)
    throw new Error(`${plan.edits.length} edits only: the figures would mean nothing`);
  console.log(JSON.stringify([end - start, plan.edits.length, bytesOf(sources)]));
}

function bytesOf(sources) {
  return sources.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** Milliseconds that this thread was on a processor (Linux counts them); elsewhere the clock has to do. */
function onProcessor() {
  const file = '/proc/self/schedstat';
  if (!existsSync(file)) return performance.now();
  return Number(readFileSync(file, 'utf8').split(' ')[0]) / 1e6;
}

main();
