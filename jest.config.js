module.exports = {
  watchman: false,
  // Starting a server takes seconds where other tests have both cores. Projects cannot say it for themselves.
  testTimeout: 30_000,
  projects: ['packages/ecosystems', 'packages/release', 'packages/registry', 'tools', 'e2e'],
};
