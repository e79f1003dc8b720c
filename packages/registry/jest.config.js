const path = require('node:path');
const preset = require('../../jest.preset.js');

module.exports = {
  ...preset,
  displayName: 'registry',
  rootDir: __dirname,
  testEnvironment: path.join(__dirname, 'jest/pglite-environment.js'),
  moduleNameMapper: {
    ...preset.moduleNameMapper,
    '^@electric-sql/pglite$': path.join(__dirname, 'jest/pglite-from-outside.js'),
  },
};
