import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/tmp',
      '**/fixtures',
      '**/node_modules',
      'examples',
      '**/*.js',
      '**/*.mjs',
      '**/*.cjs',
      '.nx',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          enforceBuildableLibDependency: false,
          depConstraints: [
            { sourceTag: 'scope:ecosystems', onlyDependOnLibsWithTags: ['scope:ecosystems'] },
            {
              sourceTag: 'scope:registry',
              onlyDependOnLibsWithTags: ['scope:ecosystems', 'scope:registry'],
            },
            {
              sourceTag: 'scope:release',
              onlyDependOnLibsWithTags: ['scope:ecosystems', 'scope:release'],
            },
          ],
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      // `typeof import('./x')` types the lazy `require` below.
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-dynamic-delete': 'off',
      // `const { left, ...rest } = whole` is how a copy without `left` is written.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
    },
  },
  {
    // Facets and parsers load on first use: the places where `require` stands in TypeScript.
    files: [
      'packages/ecosystems/src/**/*.ts',
      'packages/registry/src/**/*.ts',
      'packages/release/src/effects/execa.ts',
      'packages/release/src/plugin.ts',
      'packages/release/src/cli/commands.ts',
      'packages/release/src/run/nx-release.ts',
      'packages/release/src/version/commit-bumps.ts',
      'packages/release/src/effects/proxy-agent.ts',
      'packages/release/src/version/publish-preflight.ts',
      'packages/release/src/version/registry-version.ts',
      'packages/release/src/version/version-session.ts',
      'packages/release/src/generators/init/init.ts',
    ],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/testing/**', 'e2e/**', 'tools/**'],
    rules: {
      // Tests and tools drive the sources of every package.
      '@nx/enforce-module-boundaries': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
