const preset = require('../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'e2e',
  rootDir: __dirname,
  setupFiles: ['<rootDir>/support/setup.ts'],
  // These tests drive the built packages as processes, through real tools. What a test loads itself are sources.
  moduleNameMapper: {
    ...preset.moduleNameMapper,
    '^@electric-sql/pglite$': require.resolve('../packages/registry/jest/pglite-from-outside.js'),
  },
};
