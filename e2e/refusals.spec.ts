import { nxIn } from './support/user';
import { rootPackage, writeWorkspace } from './support/workspace';

const lib = { name: '@acme/lib', version: '1.2.0' };
const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
const crate = (name: string, ...lines: readonly string[]): string =>
  ['[package]', `name = "${name}"`, 'version = "1.2.0"', 'edition = "2021"', ...lines, ''].join(
    '\n',
  );

interface Refusal {
  readonly files: Readonly<Record<string, string>>;
  readonly release?: object;
  readonly followers?: object;
  readonly specifier?: string;
  readonly code: string;
  /** Place, frame and caret, or the place alone where there is no text to point at. */
  readonly frame: RegExp;
  readonly fix: RegExp;
}

const everything = { projects: ['tag:forge:published'], projectsRelationship: 'independent' };
const withOptions = (options: object, group: object = {}) => ({
  groups: {
    ts: {
      projects: ['@acme/lib'],
      projectsRelationship: 'independent',
      version: { versionActionsOptions: options },
    },
    core: { projects: ['core'], ...group },
  },
});
const both = { 'lib/package.json': json(lib), 'core/Cargo.toml': crate('core') };

const refusals: Readonly<Record<string, Refusal>> = {
  'a scheme of four parts where there are three': {
    files: both,
    release: withOptions({ scheme: 'core-patch', core: 'core' }),
    code: 'FORGE-V007',
    frame: /--> nx\.json:\d+:\d+\n +\d+ \| +"scheme": "core-patch",\n +\| +\^+/,
    fix: /use "scheme": "follow" for the group/,
  },
  'a scheme that does not exist': {
    files: both,
    release: withOptions({ scheme: 'core-pach', core: 'core' }),
    code: 'FORGE-C008',
    frame: /--> nx\.json/,
    fix: /use one of `semver`, `patch-only`, `core-patch`, `follow`/,
  },
  'a core group that does not exist': {
    files: both,
    release: withOptions({ scheme: 'follow', core: 'cores' }),
    code: 'FORGE-C008',
    frame: /--> nx\.json/,
    fix: /name a fixed release group/,
  },
  'a requirement that no rewriting can make right': {
    files: {
      'core/core.gemspec':
        'Gem::Specification.new do |spec|\n  spec.name = "core"\n  spec.version = "1.2.0"\nend\n',
      'app/app.gemspec':
        'Gem::Specification.new do |spec|\n  spec.name = "app"\n  spec.version = "1.0.0"\n  spec.add_dependency "core", "!= 2.0.0"\nend\n',
    },
    specifier: 'major',
    code: 'FORGE-V004',
    frame: /--> app\/app\.gemspec:4:\d+\n +4 \| .*!= 2\.0\.0.*\n +\| +\^+/,
    fix: /change the requirement by hand/,
  },
  'a requirement that would have to be guessed': {
    files: {
      'core/core.gemspec':
        'Gem::Specification.new do |spec|\n  spec.name = "core"\n  spec.version = "1.2.0"\nend\n',
      'app/app.gemspec':
        'Gem::Specification.new do |spec|\n  spec.name = "app"\n  spec.version = "1.0.0"\n  spec.add_dependency "core", ENV.fetch("CORE")\nend\n',
    },
    specifier: 'major',
    code: 'FORGE-M008',
    frame: /--> app\/app\.gemspec:4:\d+\n +4 \| .*ENV\.fetch.*\n +\| +\^+/,
    fix: /write the requirement as a literal/,
  },
  'a published package that needs a private one': {
    files: {
      'core/Cargo.toml': crate('core', 'publish = false'),
      'app/Cargo.toml': crate(
        'app',
        '[dependencies]',
        'core = { path = "../core", version = "1.2" }',
      ),
    },
    code: 'FORGE-G004',
    frame: /--> app\/Cargo\.toml:6:\d+\n +6 \| core = .*\n +\| +\^+/,
    fix: /publish `core`, drop the dependency, or make `app` private as well/,
  },
  'the same by a path alone': {
    files: {
      'core/Cargo.toml': crate('core', 'publish = false'),
      'app/Cargo.toml': crate('app', '[dependencies]', 'core = { path = "../core" }'),
    },
    code: 'FORGE-G004',
    frame: /--> app\/Cargo\.toml:6:1\n +6 \| core = .*\n +\| \^{4}/,
    fix: /publish `core`/,
  },
  'a path that leads to no package': {
    files: {
      'app/Cargo.toml': crate('app', '[dependencies]', 'core = { path = "../../core" }'),
    },
    code: 'FORGE-A006',
    frame: /--> app\/Cargo\.toml:6:\d+\n +6 \| core = .*\n +\| +\^+/,
    fix: /\S/,
  },
  'a follower of a group that does not exist': {
    files: { ...both, VERSION: '1.2.0\n' },
    release: withOptions({}),
    followers: { cores: ['VERSION'] },
    code: 'FORGE-C006',
    frame: /--> nx\.json/,
    fix: /use one of `ts`, `core`/,
  },
  'a follower that holds no version': {
    files: { ...both, 'index.js': 'module.exports = 1;\n' },
    release: withOptions({}),
    followers: { core: [{ file: 'index.js', pattern: "'{version}'" }] },
    code: 'FORGE-C007',
    frame: /--> index\.js/,
    fix: /correct the place in `followers`/,
  },
};

/** Each tells its code, the place and what to do, before a single byte is written. */
describe('what is refused before anything is written', () => {
  it.each(Object.entries(refusals))(
    '%s',
    async (_, refusal) => {
      const { files, release = everything, followers = {}, specifier = 'minor' } = refusal;
      const nxJson = { plugins: [{ plugin: '@forge/release', options: { followers } }], release };
      const workspace = writeWorkspace({
        'package.json': rootPackage(['lib']),
        'nx.json': json(nxJson),
        ...files,
      });
      try {
        const { exitCode, output } = await nxIn(workspace)('release', specifier, '--skip-publish');
        expect({ exitCode, output }).toMatchObject({ exitCode: 1 });
        expect(output).toContain(refusal.code);
        const told = output.slice(output.indexOf(refusal.code));
        expect(told).toMatch(refusal.frame);
        expect(/^fix: .*/m.exec(told)?.[0]).toMatch(refusal.fix);
        expect(workspace.git('status', '--porcelain')).toBe('');
        expect(workspace.git('log', '--format=%s').trim()).toBe('Start');
      } finally {
        workspace.remove();
      }
    },
    60_000,
  );

  it('all of them together, whichever project Nx asks first', async () => {
    const needs = (name: string): string =>
      crate(name, '[dependencies]', 'core = { path = "../core", version = "one" }');
    const workspace = writeWorkspace({
      'package.json': rootPackage(),
      'nx.json': json({ plugins: ['@forge/release'], release: everything }),
      'core/Cargo.toml': crate('core'),
      'high/Cargo.toml': crate('high').replace('1.2.0', '3.0.0'),
      'higher/Cargo.toml': crate('higher').replace('1.2.0', '4.0.0'),
      'app/Cargo.toml': needs('app'),
    });
    try {
      const { exitCode, output } = await nxIn(workspace)('release', 'version', '2.0.0');
      expect({ exitCode, output }).toMatchObject({ exitCode: 1 });
      expect(output).toContain('FORGE-V005 `high` is at `3.0.0`');
      expect(output).toContain('FORGE-V005 `higher` is at `4.0.0`');
      expect(output).toContain('FORGE-V003 `one` is not a Cargo requirement');
      expect(workspace.git('status', '--porcelain')).toBe('');
    } finally {
      workspace.remove();
    }
  }, 60_000);
});
