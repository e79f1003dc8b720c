const { TestEnvironment } = require('jest-environment-node');
require('./few-keys');

/**
 * PGlite 0.5 loads node's own modules with `import()`, which jest's sandbox refuses without
 * --experimental-vm-modules. So it is loaded outside the sandbox and handed in.
 */
module.exports = class PGliteEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.pglite = require('@electric-sql/pglite');
  }
};
