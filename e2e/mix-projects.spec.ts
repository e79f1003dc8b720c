import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ecosystems, type Ecosystem } from '@forge/ecosystems';
import { readerOf, sourceOf } from '../packages/ecosystems/src/testing';
import { cases, type Tree } from '../packages/ecosystems/src/testing/cases';
import { describeWithTools } from './support/describe-with-tools';
import { run, userEnvironment } from './support/run';
import { writeInto } from './support/workspace';

const hex = ecosystems.find(({ id }) => id === 'hex') as Ecosystem;

/** Prints what `project/0` of the mix.exs in each directory gives: one line of terms, or nothing where it raises. */
const script = `
Application.ensure_all_started(:mix)
Code.compiler_options(ignore_module_conflict: true)

text = fn
  value when is_binary(value) -> value
  _ -> ""
end

for directory <- System.argv() do
  File.cd!(directory, fn ->
    try do
      modules = for {module, _} <- Code.compile_file("mix.exs"), do: module
      [project | _] = for module <- modules, Mix.Project.get() == module, do: module.project()
      deps = for dep <- project[:deps] || [], [name | rest] = Tuple.to_list(dep), do: [name, text.(List.first(rest))]
      line = [directory, project[:app], project[:version], Enum.map(deps, &Enum.join(&1, " "))]
      IO.puts(["read\\t", line |> List.flatten() |> Enum.join("\\t")])
    rescue
      error -> IO.puts(["raised\\t", directory, "\\t", error.__struct__ |> inspect()])
    end

    Mix.ProjectStack.clear_stack()
  end)
end
`;

interface Read {
  readonly app: string;
  readonly version: string;
  readonly dependencies: readonly string[];
}

/** The trees in which we read a version that Mix takes. */
const trees = cases
  .filter(
    ({ ecosystem, problems, reads }) => ecosystem.id === hex.id && !problems && reads !== null,
  )
  .flatMap(({ folder, manifest, before, changed }) => [
    { title: `${folder} before`, manifest, files: before },
    { title: `${folder} after`, manifest, files: { ...before, ...changed } as Tree },
  ]);

function ours(manifest: string, files: Tree): Read {
  const source = sourceOf(manifest, files[manifest] as Buffer);
  const read = hex.format.read(source, readerOf(files));
  if (!read.ok || !read.value) throw new Error(`${manifest} is not read`);
  const { name, version, dependencies } = read.value;
  return {
    app: name,
    version: version.value ?? '',
    dependencies: dependencies.map(
      (each) => `${each.alias ?? each.name} ${each.requirement ?? ''}`,
    ),
  };
}

/** A mix.exs is read without running it; here Mix runs it. */
describeWithTools('the projects of the fixtures, as Mix evaluates them', ['hex'], () => {
  let root: string;
  let evaluated: ReadonlyMap<string, Read>;
  let output: string;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), 'forge-mix-projects-'));
    const directories = trees.map(({ manifest, files }, index) => {
      for (const [file, bytes] of Object.entries(files))
        writeInto(root, join(String(index), file), bytes);
      return join(root, String(index), dirname(manifest));
    });
    const nowhere = { url: 'http://127.0.0.1:9', token: 'unused' };
    const env = { ...userEnvironment(nowhere, process.env['PATH'] ?? ''), HOME: root };
    ({ output } = await run('elixir', ['-e', script, ...directories], { cwd: root, env }));
    const lines = output.match(/^read\t.*/gm) ?? [];
    evaluated = new Map(
      lines.map((line) => {
        const [, directory = '', app = '', version = '', ...dependencies] = line.split('\t');
        const index = directory.slice(root.length + 1).split('/')[0] ?? '';
        return [trees[Number(index)]?.title ?? '', { app, version, dependencies }];
      }),
    );
  }, 120_000);
  afterAll(() => rmSync(root, { recursive: true }));

  it('are evaluated, all of them', () => {
    const missing = trees.filter(({ title }) => !evaluated.has(title)).map(({ title }) => title);
    expect([missing, ...missing.map(() => output)]).toEqual([[]]);
  });

  it.each(trees)('$title', ({ title, manifest, files }) => {
    const read = ours(manifest, files);
    const mix = evaluated.get(title);
    expect(read.version).toBe(mix?.version);
    // We read every branch of a condition, a name of the package where it has one of its own, and no
    // requirement where the code of a mix.exs fills in that any version will do.
    const found = mix?.dependencies.map((each) => each.replace(' >= 0.0.0', ' ')) ?? ['none'];
    expect(read.dependencies).toEqual(expect.arrayContaining(found));
    if (!title.includes('name-of-package')) expect(read.app).toBe(mix?.app);
  });
});
