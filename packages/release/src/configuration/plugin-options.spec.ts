import { ecosystems } from '@forge/ecosystems';
import { normalizeOptions } from './plugin-options';

const problemsOf = (options: unknown): string[] => {
  const result = normalizeOptions(options, ecosystems);
  return result.ok ? [] : result.problems.map((problem) => problem.render());
};

describe('options of the plugin', () => {
  it.each([undefined, null, {}])('are all optional: %p', (options) => {
    const result = normalizeOptions(options, ecosystems);
    expect(result.ok && result.value).toMatchObject({
      ecosystems,
      roles: {},
      targets: { package: 'package', publish: 'publish', version: 'version', check: 'forge:check' },
    });
  });

  it('switch an ecosystem off', () => {
    const result = normalizeOptions({ ecosystems: { npm: false, hex: true } }, ecosystems);
    const ids = result.ok ? result.value.ecosystems.map(({ id }) => id) : [];
    expect(ids).toEqual(['cargo', 'pypi', 'hex', 'hackage', 'rubygems']);
  });

  it('rename single targets', () => {
    const result = normalizeOptions({ targets: { package: 'pack' } }, ecosystems);
    expect(result.ok && result.value.targets).toEqual({
      package: 'pack',
      publish: 'publish',
      version: 'version',
      check: 'forge:check',
    });
  });

  it('name variables that builds see, for all packages and for single ones', () => {
    const environment = { passEnv: ['RUSTFLAGS'], env: { SQLX_OFFLINE: 'true' } };
    const artifacts = { 'a/Cargo.toml': environment };
    const result = normalizeOptions({ ...environment, artifacts }, ecosystems);
    expect(result.ok && result.value).toMatchObject({ environment, artifacts });
  });

  it('say in seconds how long a package waits for its turn', () => {
    const result = normalizeOptions({ limitWithin: 7200 }, ecosystems);
    expect(result.ok && result.value.limitWithin).toBe(7_200_000);
    expect(problemsOf({ limitWithin: '2h' })).toEqual([
      expect.stringContaining('`options.limitWithin` is not a number of seconds'),
    ]);
  });

  it.each([
    'FORGE_TOKEN',
    'NPM_TOKEN',
    'CARGO_REGISTRIES_OWN_TOKEN',
    'NODE_AUTH_TOKEN_NPM_EXAMPLE',
  ])('show no build the token in %s', (name) => {
    const what = 'is not for a build: it holds the token of a registry';
    expect(problemsOf({ passEnv: [name] })).toEqual([expect.stringContaining(what)]);
    expect(problemsOf({ env: { [name]: 'x' } })).toEqual([expect.stringContaining(what)]);
    const artifacts = { 'a/Cargo.toml': { passEnv: [name] } };
    expect(problemsOf({ artifacts })).toEqual([expect.stringContaining(what)]);
  });

  it.each([
    [{ passEnv: ['SQLX_*'] }, '`options.passEnv[0]` is not the name of a variable'],
    [{ env: { SQLX_OFFLINE: true } }, '`options.env.SQLX_OFFLINE` is not a text'],
    [{ target: {} }, '`options.target` is not an option'],
    [{ ecosystems: { maven: false } }, '`options.ecosystems.maven` is not an option'],
    [{ ecosystems: { npm: 'no' } }, '`options.ecosystems.npm` is not a boolean'],
    [{ ecosystems: ['npm'] }, '`options.ecosystems` is not an object'],
    [{ targets: { publish: '' } }, '`options.targets.publish` is not the name of a target'],
    [{ packages: { 'a/Cargo.toml': 'hidden' } }, '`options.packages.a/Cargo.toml` is not a role'],
    ['all', '`options` is not an object'],
    [{ triggers: { core: { off: [] } } }, '`options.triggers.core.off` is not an option'],
    [{ triggers: { core: { on: 'a' } } }, '`options.triggers.core.on` is not a list'],
    [{ triggers: { core: { own: [''] } } }, '`options.triggers.core.own[0]` is not a text'],
    [{ artifacts: { 'a/x.toml': { alow: [] } } }, '`options.artifacts.a/x.toml.alow` is not an'],
    [
      { artifacts: { 'a/x.toml': { files: ['dist/*.whl'] } } },
      '`options.artifacts.a/x.toml.files[0]` is not a glob of file names',
    ],
    [
      { artifacts: { 'a/x.toml': { allowPartial: 1 } } },
      '`options.artifacts.a/x.toml.allowPartial` is not a boolean',
    ],
    [{ provenance: 'yes' }, '`options.provenance` is not a boolean'],
    [{ verify: 'yes' }, '`options.verify` is not a boolean'],
    [{ ignoredChanges: '*.md' }, '`options.ignoredChanges` is not a list'],
  ])('%j is refused with a fix', (options, what) => {
    const [problem, ...more] = problemsOf(options);
    expect(more).toEqual([]);
    expect(problem).toContain(`FORGE-C001 ${what}`);
    expect(problem).toMatch(/\nfix: .+/);
  });

  it('names every problem at once', () => {
    expect(problemsOf({ a: 1, ecosystems: { b: true } })).toHaveLength(2);
  });
});
