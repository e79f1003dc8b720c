// Preloaded into every process of a sample: the plugin names our version actions at each project, and this puts
// others in their place without any change to the workspace.
const Module = require('node:module');

const { BENCH_ACTIONS } = process.env;
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const isOurs = request === '@forge/release/version-actions';
  // Nx resolves them for every project: whoever stands in for them costs that too.
  const resolved = resolveFilename.call(this, request, ...rest);
  return isOurs && BENCH_ACTIONS ? BENCH_ACTIONS : resolved;
};
