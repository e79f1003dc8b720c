const { TestEnvironment } = require('jest-environment-node');
require('./few-keys');

/**
 * PGlite 0.5 loads node's own modules with `import()`, which jest's sandbox refuses without
 * --experimental-vm-modules. So it is loaded outside the sandbox and handed in, once for all suites of a process,
 * with its WebAssembly compiled. That is for no other library: fastify knows an error by `instanceof Error`, and
 * that of the sandbox is another one.
 */
module.exports = class PGliteEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.pglite = require('@electric-sql/pglite');
  }
};
