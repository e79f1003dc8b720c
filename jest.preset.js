/** Shared by every jest project: sources in TypeScript, the packages resolved to their sources. */
const path = require('node:path');

// The database that somebody's own registry is in. Jest reads this before it starts the processes that tests run in, and
// what they start in turn inherits their environment.
delete process.env['FORGE_DATABASE_URL'];

const esmOnly = [
  '@ruby/prism',
  'execa',
  'jose',
  '@sindresorhus',
  '@sec-ant',
  'figures',
  'get-stream',
  'human-signals',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'npm-run-path',
  'parse-ms',
  'path-key',
  'pretty-ms',
  'strip-final-newline',
  'unicorn-magic',
  'yoctocolors',
];

const source = (name) => path.join(__dirname, 'packages', name, 'src/index.ts');

module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/fixtures/', '<rootDir>/tmp/'],
  // Trees of fixtures hold manifests of npm, of which several have one name and some are broken.
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/tmp/', '/fixtures/'],
  transform: {
    '\\.[cm]?[jt]s$': [
      'ts-jest',
      { tsconfig: path.join(__dirname, 'tsconfig.jest.json'), diagnostics: false },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    // Its exports know the condition `import` only, which a CommonJS test does not ask for.
    '^unicorn-magic$': path.join(__dirname, 'node_modules/unicorn-magic/node.js'),
    '^@forge/ecosystems$': source('ecosystems'),
    '^@forge/release$': source('release'),
    '^@forge/registry$': source('registry'),
  },
};
