const { TestEnvironment } = require('jest-environment-node');
require('./few-keys');

/**
 * Loads some libraries outside of the sandbox and hands them in, once for all suites of a process. PGlite 0.5 has to:
 * it loads node's own modules with `import()`, which the sandbox refuses without --experimental-vm-modules, and it
 * keeps its WebAssembly compiled. Of the others each suite would compile two hundred files. What they throw is an
 * `Error` of theirs, so nothing is loaded this way whose errors somebody tells apart by `instanceof`.
 */
module.exports = class PGliteEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.requireOutside = (name) => require(name);
  }
};
