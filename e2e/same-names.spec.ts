import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTools } from './support/describe-with-tools';
import { artifactsOf } from './support/printed';
import { startRegistryProcess, type RegistryProcess } from './support/registry-process';
import { succeeded } from './support/run';
import { nxIn, type Nx, type ShownGraph } from './support/user';
import { rootPackage, writeWorkspace, type TemporaryWorkspace } from './support/workspace';

const ecosystems = ['cargo', 'npm', 'pypi', 'rubygems'] as const;
type Directories = Readonly<Record<(typeof ecosystems)[number], string>>;

const license = 'MIT';
const description = 'Measures light';

/** Four packages of one name; which directory comes first is up to the caller. */
function lumen(at: Directories): Record<string, string> {
  const { cargo, npm, pypi, rubygems } = at;
  return {
    'nx.json': '{}\n',
    'package.json': rootPackage([npm]),
    [`${cargo}/Cargo.toml`]: `[package]\nname = "lumen"\nversion = "1.0.0"\nedition = "2021"\nlicense = "${license}"\ndescription = "${description}"\n`,
    [`${cargo}/src/lib.rs`]: 'pub fn lumen() -> u32 { 1 }\n',
    [`${npm}/package.json`]: JSON.stringify({ name: 'lumen', version: '1.0.0', license }, null, 2),
    [`${npm}/index.js`]: 'exports.lumen = 1;\n',
    [`${pypi}/pyproject.toml`]: `[build-system]\nrequires = ["uv_build>=0.8,<1"]\nbuild-backend = "uv_build"\n\n[project]\nname = "lumen"\nversion = "1.0.0"\ndescription = "${description}"\nrequires-python = ">=3.9"\n`,
    [`${pypi}/src/lumen/__init__.py`]: 'LUMEN = 1\n',
    [`${rubygems}/lumen.gemspec`]: `Gem::Specification.new do |spec|\n  spec.name = "lumen"\n  spec.version = "1.0.0"\n  spec.summary = "${description}"\n  spec.authors = ["Lumen"]\n  spec.license = "${license}"\n  spec.homepage = "https://example.invalid/lumen"\n  spec.files = ["lib/lumen.rb"]\nend\n`,
    [`${rubygems}/lib/lumen.rb`]: 'LUMEN = 1\n',
  };
}

const forwards = lumen({ cargo: 'a/lumen', npm: 'b/lumen', pypi: 'c/lumen', rubygems: 'd/lumen' });
const backwards = lumen({ cargo: 'z/lumen', npm: 'y/lumen', pypi: 'x/lumen', rubygems: 'w/lumen' });

const names = {
  cargo: 'lumen-cargo',
  npm: 'lumen',
  pypi: 'lumen-pypi',
  rubygems: 'lumen-rubygems',
};

/** The Nx name of each ecosystem's package, as Nx has it in the end. */
async function namesIn(nx: Nx): Promise<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'forge-graph-'));
  try {
    const file = join(directory, 'graph.json');
    succeeded(await nx('graph', `--file=${file}`));
    const { graph } = JSON.parse(readFileSync(file, 'utf8')) as { graph: ShownGraph };
    return Object.fromEntries(
      Object.entries(graph.nodes).flatMap(([name, { data }]) =>
        (data.metadata.forge?.packages ?? []).map(({ ecosystem }) => [ecosystem, name]),
      ),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describeWithTools('a crate, a gem, a wheel and an npm package of one name', ecosystems, () => {
  let registry: RegistryProcess;
  let workspace: TemporaryWorkspace;
  let nx: Nx;

  beforeAll(async () => {
    registry = await startRegistryProcess();
    workspace = writeWorkspace(forwards);
    nx = nxIn(workspace, registry);
    succeeded(await nx('g', '@forge/release:init', '--no-interactive'));
    workspace.commit('Release with Forge');
  }, 120_000);

  afterAll(async () => {
    await registry.stop();
    workspace.remove();
  });

  it('have names of their own, the same in every run', async () => {
    expect(await namesIn(nx)).toEqual(names);
    succeeded(await nx('reset'));
    expect(await namesIn(nx)).toEqual(names);
  }, 120_000);

  it('have the same names when the manifests are found in another order', async () => {
    const other = writeWorkspace({
      ...backwards,
      'nx.json': '{ "plugins": ["@forge/release"] }\n',
    });
    try {
      expect(await namesIn(nxIn(other))).toEqual(names);
    } finally {
      other.remove();
    }
  }, 120_000);

  it('are versioned each for itself', async () => {
    succeeded(await nx('release', '1.1.0', '--skip-publish', '--projects=lumen-pypi,lumen'));
    succeeded(await nx('release', 'minor', '--skip-publish', '--projects=lumen-cargo'));
    const versions = ecosystems.map((id) => versionIn(id, workspace.root));
    expect(versions).toEqual(['1.1.0', '1.1.0', '1.1.0', '1.0.0']);
    expect(workspace.git('tag').split('\n').filter(Boolean).sort()).toEqual([
      'lumen-cargo@1.1.0',
      'lumen-pypi@1.1.0',
      'lumen@1.1.0',
    ]);
  }, 120_000);

  it('are published each under its own name in its own registry', async () => {
    succeeded(await nx('run-many', '-t', 'publish', '--output-style=static'));
    const arrivals = await registry.arrivals();
    const labels = arrivals.map(
      ({ ecosystem, name, version }) => `${ecosystem} ${name} ${version}`,
    );
    expect(labels.sort()).toEqual([
      'cargo lumen 1.1.0',
      'npm lumen 1.1.0',
      'pypi lumen 1.1.0',
      'rubygems lumen 1.0.0',
    ]);
    const served = new Set(arrivals.flatMap(({ files }) => files.map(({ sha256 }) => sha256)));
    const packaged = [...artifactsOf(workspace.root).values()];
    expect(packaged).toHaveLength(5); // Python has a wheel and an sdist.
    expect(packaged.filter((sha256) => !served.has(sha256))).toEqual([]);
  }, 240_000);
});

const versionPatterns = {
  cargo: ['a/lumen/Cargo.toml', /^version = "(.*)"/m],
  npm: ['b/lumen/package.json', /"version": "(.*)"/],
  pypi: ['c/lumen/pyproject.toml', /^version = "(.*)"/m],
  rubygems: ['d/lumen/lumen.gemspec', /spec\.version = "(.*)"/],
} as const;

function versionIn(ecosystem: keyof typeof versionPatterns, root: string): string | undefined {
  const [file, pattern] = versionPatterns[ecosystem];
  return pattern.exec(readFileSync(join(root, file), 'utf8'))?.[1];
}
