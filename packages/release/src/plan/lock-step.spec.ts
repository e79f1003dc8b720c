import { loadFiles, memoryReader } from '../graph/testing/memory-workspace';
import { createReleasePlanner } from './release-planner';

const gem = (name: string, needs = ''): string =>
  `Gem::Specification.new do |s|\n  s.name = "${name}"\n  s.version = "1.2.0"\n${needs}end\n`;

const files = {
  'core/core.gemspec': gem('core'),
  'app/app.gemspec': gem('app', '  s.add_dependency "core", "= #{s.version}"\n'),
};

/** Paths of the files that change, or codes of the problems. */
function outcome(versions: Readonly<Record<string, string>>): readonly string[] {
  const planner = createReleasePlanner(loadFiles(files), memoryReader(files));
  for (const [project, version] of Object.entries(versions))
    planner.setVersion(project, version, { kind: 'asked', text: 'somebody asked' });
  const settled = planner.settle();
  return settled.ok
    ? [...settled.value.files.keys()].sort()
    : settled.problems.map(({ code, where }) => `${code} ${where?.file}`);
}

describe('packages in lock-step', () => {
  it.each([
    ['the dependency first', { core: '2.0.0', app: '2.0.0' }],
    ['the dependent first', { app: '2.0.0', core: '2.0.0' }],
  ])('move together, %s', (_, versions) => {
    expect(outcome(versions)).toEqual(['app/app.gemspec', 'core/core.gemspec']);
  });

  it.each([
    ['the dependent moves alone', { app: '2.0.0' }],
    ['the dependency moves alone', { core: '2.0.0' }],
    ['each goes its own way', { app: '2.0.0', core: '1.3.0' }],
  ])('are not released when %s (FORGE-M025)', (_, versions) => {
    expect(outcome(versions)).toEqual(['FORGE-M025 app/app.gemspec']);
  });
});
