import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ecosystems, type Ecosystem } from '@forge/ecosystems';
import { readerOf, sourceOf } from '../packages/ecosystems/src/testing';
import { cases, type Case, type Tree } from '../packages/ecosystems/src/testing/cases';
import { describeWithTools } from './support/describe-with-tools';
import { repository } from './support/repository';
import { runOk } from './support/run';
import { writeInto } from './support/workspace';

interface Gem {
  readonly name: string;
  readonly version: string;
  readonly dependencies: readonly (readonly [string, readonly string[]])[];
}

const rubygems = ecosystems.find(({ id }) => id === 'rubygems') as Ecosystem;
const known = cases.filter(
  ({ ecosystem, problems }) => ecosystem.id === rubygems.id && problems === undefined,
);

/** As RubyGems spells it: `~>1.2` is `~> 1.2`, a bare version is `= 1.2`, none is `>= 0`. */
function asList(requirement: string | null): readonly string[] {
  const texts = (requirement ?? '>= 0').split(',').map((text) => text.trim());
  const spelled = texts.map((text) =>
    text.replace(/^([^\d\s]*)\s*/, (_, sign) => `${sign || '='} `),
  );
  return [...new Set(spelled)].sort();
}

function ours({ manifest }: Case, files: Tree): Gem {
  const source = sourceOf(manifest, files[manifest] as Buffer, rubygems.toleratesLatin1);
  const read = rubygems.format.read(source, readerOf(files));
  if (!read.ok || !read.value) throw new Error(`${manifest} is not read`);
  const { name, version, dependencies } = read.value;
  return {
    name,
    version: (version.value ?? '').replaceAll('-', '.pre.'),
    dependencies: dependencies
      .filter(({ section }) => section.startsWith('add_'))
      .map((each) => [each.name, asList(each.requirement)]),
  };
}

/** Gemspecs are read without running them; here RubyGems runs them. */
describeWithTools('the gemspecs of the fixtures, as RubyGems loads them', ['rubygems'], () => {
  let root: string;
  let loaded: readonly Gem[];
  const trees = known.flatMap((each) => [
    { title: `${each.folder} before`, each, files: each.before },
    { title: `${each.folder} after`, each, files: { ...each.before, ...each.changed } as Tree },
  ]);

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'forge-gemspecs-'));
    const paths = trees.map(({ each, files }, at) => {
      for (const [file, bytes] of Object.entries(files)) writeInto(root, `${at}/${file}`, bytes);
      return join(root, String(at), each.manifest);
    });
    const script = join(repository, 'e2e/support/load-gemspecs.rb');
    const env = { PATH: process.env['PATH'], HOME: root, LANG: 'C.UTF-8', RUBYOPT: '-W0' };
    const output = await runOk('ruby', [script, ...paths], { cwd: root, env });
    const lines = output.split('\n').filter((line) => line.startsWith('{"name":'));
    loaded = lines.map((line) => JSON.parse(line) as Gem);
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true }));

  it('are all loaded', () => expect(loaded).toHaveLength(trees.length));

  it.each(trees.map((tree, at) => ({ ...tree, at })))('$title', ({ each, files, at }) => {
    const [read, real] = [ours(each, files), loaded[at] as Gem];
    expect({ name: read.name, version: read.version }).toEqual({
      name: real.name,
      version: real.version,
    });
    // All branches are read, and RubyGems takes one of them.
    expect(read.dependencies).toEqual(expect.arrayContaining([...real.dependencies]));
    const names = (gem: Gem): Set<string> => new Set(gem.dependencies.map(([name]) => name));
    expect(names(read)).toEqual(names(real));
  });
});
