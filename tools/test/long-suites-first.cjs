const Sequencer = require('@jest/test-sequencer').default;

/**
 * Suites that take more than a minute each, the longest first. On a fresh machine jest knows no times and starts large
 * files first: a small one that takes minutes would begin last, and leave the other cores idle.
 */
const long = [
  'release-run',
  'fault-matrix',
  'tasker-scenarios',
  'nx-versions',
  'credentials',
  'rehearse',
  'transcripts',
  'two-manifests',
  'release',
  'registry-upstream',
  'packed',
  'crash-matrix',
  'registry-yank-pypi',
  'dry-run',
  'registry-yank-npm',
].map((name) => `/e2e/${name}.spec.ts`);

const rank = (path) => {
  const at = long.findIndex((suite) => path.endsWith(suite));
  return at < 0 ? long.length : at;
};

module.exports = class LongSuitesFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rank(a.path) - rank(b.path));
  }
};
