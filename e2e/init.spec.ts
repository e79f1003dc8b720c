import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './support/repository';
import { run, succeeded, userEnvironment } from './support/run';
import { writeWorkspace, type TemporaryWorkspace } from './support/workspace';

const labels = (tag: string): string =>
  `exports.createNodes = ['**/labels.txt', (files) => files.map((file) => [file, {
    projects: { [require('node:path').dirname(file)]: { tags: ['${tag}'] } } }])];\n`;

/** Settings of a repository that has used Nx for long; comments and tabs are its own. */
const nxJson = `{
	// kept by hand
	"defaultBase": "main",
	"parallel": 2,
	"plugins": [
		"./tools/labels.js", // string form
		{ "plugin": "./tools/more-labels.js", "include": ["packages/**"], "options": { "deep": [1, 2] } }
	],
	"targetDefaults": {
		"build": { "cache": true, "dependsOn": ["^build"] },
		"nx-release-publish": [
			{ "parallelism": false, "options": { "access": "public" } },
			{ "filter": { "projects": ["@nest/egg"] }, "options": { "tag": "next" } }
		]
	},
	"release": {
		"projectsRelationship": "fixed",
		"version": { "conventionalCommits": true },
		"changelog": { "workspaceChangelog": false },
		"releaseTag": { "pattern": "release/{version}" }
	}
}
`;

const files = {
  'nx.json': nxJson,
  'package.json':
    '{\n    "name": "nest",\n    "private": true,\n    "workspaces": ["packages/*"],\n    "devDependencies": { "@forge/release": "0.1.0" }\n}\n',
  'tools/labels.js': labels('one'),
  'tools/more-labels.js': labels('two'),
  'packages/egg/labels.txt': '',
  'packages/egg/package.json': '{ "name": "@nest/egg", "version": "1.0.0" }\n',
  'gems/feather/feather.gemspec':
    'Gem::Specification.new do |spec|\n  spec.name = "feather"\n  spec.version = "1.0.0.2"\nend\n',
};

/** `before`, as far as its characters are found in `after` in their order: all of it if there was only added. */
function withoutAdditions(after: string, before: string): string {
  let kept = '';
  for (const character of after) if (character === before[kept.length]) kept += character;
  return kept;
}

describe('init in a repository that has its settings', () => {
  let workspace: TemporaryWorkspace;

  beforeAll(() => {
    workspace = writeWorkspace(files);
  });

  afterAll(() => workspace.remove());

  const nx = async (...args: readonly string[]): Promise<string> =>
    succeeded(
      await run(join(repository, 'node_modules/.bin/nx'), args, {
        cwd: workspace.root,
        env: userEnvironment({ url: 'http://127.0.0.1:9', token: '' }, process.env['PATH'] ?? ''),
      }),
    );

  const init = (): Promise<string> => nx('g', '@forge/release:init', '--no-interactive');

  const text = (file: string): string => readFileSync(join(workspace.root, file), 'utf8');

  /** Every file that Nx and git do not keep for themselves, with its content. */
  const contents = (): Record<string, string> =>
    Object.fromEntries(
      readdirSync(workspace.root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(workspace.root.length + 1))
        .filter((file) => !/^(?:\.git|\.nx)\//.test(file))
        .map((file) => [file, readFileSync(join(workspace.root, file), 'latin1')]),
    );

  it('adds what is missing, and keeps every byte of what was set', async () => {
    await init();
    expect(workspace.git('status', '--porcelain')).toBe(' M nx.json\n');
    expect(withoutAdditions(text('nx.json'), nxJson)).toBe(nxJson);
    expect(JSON.parse(text('nx.json').replaceAll(/\/\/ .*$/gm, ''))).toEqual({
      defaultBase: 'main',
      parallel: 2,
      plugins: [
        './tools/labels.js',
        {
          plugin: './tools/more-labels.js',
          include: ['packages/**'],
          options: { deep: [1, 2] },
        },
        '@forge/release',
      ],
      targetDefaults: {
        build: { cache: true, dependsOn: ['^build'] },
        'nx-release-publish': [
          {
            parallelism: false,
            options: { access: 'public' },
            executor: '@forge/release:publish',
          },
          { filter: { projects: ['@nest/egg'] }, options: { tag: 'next' } },
        ],
      },
      release: {
        projectsRelationship: 'fixed',
        version: { conventionalCommits: true },
        changelog: { workspaceChangelog: false },
        releaseTag: { pattern: 'release/{version}', requireSemver: false },
        projects: ['tag:forge:published'],
      },
    });
  }, 60_000);

  it('changes nothing the second time', async () => {
    const before = contents();
    await init();
    expect(contents()).toEqual(before);
  }, 60_000);

  it('leaves a workspace that Nx understands, with all its plugins', async () => {
    expect((await nx('show', 'projects')).trim().split('\n').sort()).toEqual([
      '@nest/egg',
      'feather',
    ]);
    const egg = JSON.parse(await nx('show', 'project', '@nest/egg', '--json')) as {
      readonly tags: readonly string[];
      readonly targets: Readonly<Record<string, unknown>>;
    };
    expect(egg.tags).toEqual(expect.arrayContaining(['one', 'two', 'forge:published']));
    expect(egg.targets['nx-release-publish']).toMatchObject({
      executor: '@forge/release:publish',
      parallelism: false,
      options: { access: 'public', tag: 'next' },
    });
  }, 60_000);
});
