import { loadFiles, memoryReader, type Files } from '../graph/testing/memory-workspace';
import { edgesBySource } from '../graph/edges';
import { graphProblems } from './graph-problems';
import { unservableNeeds } from './unservable-needs';

function crate(name: string, ...lines: readonly string[]): string {
  return ['[package]', `name = "${name}"`, 'version = "1.0.0"', ...lines, ''].join('\n');
}

function rendered(files: Files): string[] {
  const reader = memoryReader(files);
  const model = loadFiles(files);
  const edges = edgesBySource(model);
  return [
    ...[...graphProblems(model, reader).values()].flat(),
    ...model.packages.flatMap((node) => unservableNeeds(node, edges.get(node) ?? [], reader)),
  ].map((problem) => problem.render());
}

const hidden = crate('b', 'publish = false');

describe('a need that cannot be met', () => {
  it.each([
    ['by a requirement', 'b = { path = "../b", version = "1" }', /a\/Cargo\.toml:5:\d+\n.*\n.*\^/],
    ['by a path alone', 'b = { path = "../b" }', /a\/Cargo\.toml:5:1\n.*b = .*\n {5}\| \^/],
  ])('is shown where it stands, %s', (_, line, place) => {
    const files = { 'a/Cargo.toml': crate('a', '[dependencies]', line), 'b/Cargo.toml': hidden };
    const [problem] = rendered(files);
    expect(problem).toMatch(/^FORGE-G004 /);
    expect(problem).toMatch(place);
    expect(problem).toContain('fix: publish `b`, drop the dependency, or make `a` private as well');
  });

  it('is told before packing where a path leads out of the workspace (FORGE-A006)', () => {
    const files = { 'a/Cargo.toml': crate('a', '[dependencies]', 'x = { path = "../../x" }') };
    expect(rendered(files)).toEqual([expect.stringMatching(/^FORGE-A006 [\s\S]*Cargo\.toml:5/)]);
  });

  it('is none where the path leads to a published package: it gets a requirement when it is packed', () => {
    const needs = crate('a', '[dependencies]', 'b = { path = "../b" }');
    expect(rendered({ 'a/Cargo.toml': needs, 'b/Cargo.toml': crate('b') })).toEqual([]);
  });
});
