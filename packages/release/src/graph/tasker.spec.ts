import { directoryOf } from './paths';
import { fixture, loadFiles, projectEdges, projectNames } from './testing/memory-workspace';

const tasker = fixture('tasker');

const names = [
  'tasker-client',
  'tasker-core',
  'tasker-ctl',
  'tasker-example-rs',
  'tasker-grammar',
  'tasker-mcp',
  'tasker-orchestration',
  'tasker-pgmq',
  'tasker-py',
  'tasker-rb',
  'tasker-rb-ext',
  'tasker-runtime',
  'tasker-sdk',
  'tasker-secure',
  'tasker-shared',
  'tasker-ts',
  'tasker-worker',
];

const edges: Readonly<Record<string, string>> = {
  'tasker-shared': 'pgmq [core]',
  'tasker-client': 'shared',
  'tasker-orchestration': 'pgmq shared [core]',
  'tasker-sdk': 'shared client',
  'tasker-worker': 'pgmq client shared [core]',
  'tasker-ctl': 'client shared sdk',
  'tasker-mcp': 'sdk shared client',
  'tasker-runtime': 'grammar secure shared',
  'tasker-example-rs': 'core shared worker [orchestration]',
  'tasker-core': '[client] [mcp] [orchestration] [shared] [worker]',
  'tasker-rb-ext': 'shared worker [core]',
  'tasker-rb': 'rb-ext',
  'tasker-py': 'shared worker',
  'tasker-ts': 'shared worker',
};

const expectedEdges = Object.entries(edges)
  .flatMap(([from, to]) =>
    to.split(' ').map((each) => `${from} -> ${each.replace(/^(\[?)/, '$1tasker-')}`),
  )
  .sort();

describe('the tasker workspace', () => {
  const model = loadFiles(tasker);

  it('has 19 packages in 17 projects', () => {
    expect(model.problems).toEqual([]);
    expect(model.packages).toHaveLength(19);
    expect(projectNames(model)).toEqual(names);
  });

  it('has exactly the edges of its manifests', () => {
    expect(projectEdges(model)).toEqual(expectedEdges);
  });

  it('knows which packages are shipped inside others', () => {
    const unpublished = model.packages
      .filter(({ role }) => role !== 'published')
      .map(({ manifest, role, embeddedIn }) =>
        `${manifest.file} ${role} ${embeddedIn ?? ''}`.trim(),
      );
    expect(unpublished).toEqual([
      'crates/tasker-grammar/Cargo.toml private',
      'crates/tasker-py/Cargo.toml embedded crates/tasker-py/pyproject.toml',
      'crates/tasker-rb/ext/tasker_core/Cargo.toml embedded crates/tasker-rb/tasker-rb.gemspec',
      'crates/tasker-runtime/Cargo.toml private',
      'crates/tasker-secure/Cargo.toml private',
      'crates/tasker-ts/Cargo.toml embedded crates/tasker-ts/package.json',
    ]);
  });
});

const manifests = Object.keys(tasker).filter((file) =>
  /(Cargo\.toml|pyproject\.toml|package\.json|\.gemspec)$/.test(file),
);

describe.each(manifests)('with %s cut off', (file) => {
  const text = tasker[file] ?? '';
  const cut = text.slice(0, text.search(/["']/) + 1);
  const model = loadFiles({ ...tasker, [file]: cut });

  it('names that file alone', () => {
    expect(model.problems.map((problem) => problem.file)).toEqual([file]);
  });

  it('keeps every project, all others under their names', () => {
    const whole = loadFiles(tasker).projects;
    expect([...model.projects.keys()]).toEqual([...whole.keys()]);
    const renamed = [...whole].filter(
      ([root, { name }]) => model.projects.get(root)?.name !== name,
    );
    expect(renamed.filter(([root]) => root !== directoryOf(file))).toEqual([]);
  });

  it('keeps every edge that the file does not write itself', () => {
    const own = loadFiles(tasker).packages.find(({ manifest }) => manifest.file === file)?.project;
    const others = expectedEdges.filter((edge) => !edge.includes(String(own)));
    expect(projectEdges(model).filter((edge) => !edge.includes(String(own)))).toEqual(others);
  });
});
