const path = require('node:path');
const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'registry',
  rootDir: __dirname,
  globalSetup: path.join(__dirname, 'jest/share-postgres.js'),
  globalTeardown: path.join(__dirname, 'jest/stop-postgres.js'),
  testEnvironment: path.join(__dirname, 'jest/pglite-environment.js'),
  moduleNameMapper: {
    ...preset.moduleNameMapper,
    '^@electric-sql/pglite$': path.join(__dirname, 'jest/pglite-from-outside.js'),
  },
};
