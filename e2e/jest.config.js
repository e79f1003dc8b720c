module.exports = {
  ...require('../jest.preset.js'),
  displayName: 'e2e',
  rootDir: __dirname,
  // These tests drive the built packages through real tools and real processes.
  moduleNameMapper: {},
  setupFiles: ['<rootDir>/support/setup.ts'],
};
