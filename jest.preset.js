/** Shared by every jest project: sources in TypeScript, the packages resolved to their sources. */
const path = require('node:path');

const esmOnly = [
  '@ruby/prism',
  'execa',
  '@sindresorhus',
  'sindresorhus',
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
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/fixtures/', '/tmp/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/tmp/'],
  watchman: false,
  transform: {
    '\\.[cm]?[jt]s$': [
      'ts-jest',
      { tsconfig: path.join(__dirname, 'tsconfig.jest.json'), diagnostics: false },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^@forge/ecosystems$': source('ecosystems'),
    '^@forge/release$': source('release'),
    '^@forge/registry$': source('registry'),
  },
};
