const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

/** Gives all suites of this run one place to find the PostgreSQL that the first of them starts. */
module.exports = () => {
  process.env.FORGE_SHARED_POSTGRES = mkdtempSync(path.join(tmpdir(), 'forge-shared-'));
};
