module.exports = {
  watchman: false,
  projects: ['packages/ecosystems', 'packages/release', 'packages/registry', 'tools', 'e2e'],
};
