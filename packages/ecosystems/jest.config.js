module.exports = {
  ...require('../../jest.preset.js'),
  displayName: 'ecosystems',
  rootDir: __dirname,
};
