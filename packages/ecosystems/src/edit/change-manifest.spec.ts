import { ok, type Ecosystem, type Edit, type ManifestChange, type Result } from '../model';
import { readerOf, sourceOf, toy, type Files } from '../testing';
import { editAt } from '../text';
import { changeManifest, type ChangedManifest } from './change-manifest';

const file = 'toys/app/toy.pkg';
const text = 'name = app\nversion = 1.2.0\nneeds = core ^1.2\nneeds = paint ^1.0\n';

function change(
  wanted: ManifestChange,
  ecosystem: Ecosystem = toy,
  files: Files = {},
): Result<ChangedManifest> {
  return changeManifest(ecosystem, sourceOf(file, text), wanted, readerOf(files));
}

/** The toy with a planner that gets it wrong. */
function planning(edits: readonly Edit[]): Ecosystem {
  return { ...toy, format: { ...toy.format, plan: () => ok(edits) } };
}

function edit(before: string, after: string, name = file, content = text): Edit {
  const source = sourceOf(name, content);
  const start = content.indexOf(before);
  return editAt(source, start, start + before.length, after, `${before} → ${after}`);
}

function codes(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(({ code }) => code);
}

const version = { version: '1.3.0' };

describe('changing a manifest', () => {
  it('gives the new bytes of exactly the files that change', () => {
    const requirements = [{ name: 'core', version: '2.0.0', policy: 'violated' as const }];
    const result = change({ ...version, requirements });
    if (!result.ok) throw result.problems[0];
    expect([...result.value.files].map(([name, bytes]) => [name, String(bytes)])).toEqual([
      [file, text.replace('1.2.0', '1.3.0').replace('^1.2', '^2.0')],
    ]);
  });

  it('gives nothing when the manifest says so already', () => {
    expect(change({ version: '1.2.0' })).toEqual({
      ok: true,
      value: { edits: [], files: new Map() },
    });
  });

  it.each([
    ['another version than the one that was asked for', [edit('1.2.0', '1.4.0')]],
    ['a requirement that nobody asked for', [edit('1.2.0', '1.3.0'), edit('^1.0', '^2.0')]],
    ['another name', [edit('1.2.0', '1.3.0'), edit('app', 'ape')]],
    ['one dependency less', [edit('1.2.0', '1.3.0'), edit('needs = paint ^1.0\n', '')]],
  ])('is refused when it reads back with %s (FORGE-M011)', (_, edits) => {
    expect(codes(change(version, planning(edits)))).toEqual(['FORGE-M011']);
  });

  it('moves what is pinned to the own version along with it, as one release', () => {
    const pinned = text.replace('paint ^1.0', 'paint 1.2.0');
    const edits = [
      edit('1.2.0', '1.3.0', file, pinned),
      edit('paint 1.2.0', 'paint 1.3.0', file, pinned),
    ];
    const source = sourceOf(file, pinned);
    expect(changeManifest(planning(edits), source, version, readerOf({})).ok).toBe(true);
  });

  it('is refused when it does not read back at all', () => {
    expect(codes(change(version, planning([edit('version = 1.2.0', 'v')])))).toEqual([
      'FORGE-M002',
    ]);
  });

  it('is refused when an edited file is gone or another one by now (FORGE-M009)', () => {
    const elsewhere = edit('1.2.0', '1.3.0', 'toys/VERSION', '1.2.0\n');
    expect(codes(change(version, planning([elsewhere])))).toEqual(['FORGE-M009']);
    const files = { 'toys/VERSION': '1.2.5\n' };
    expect(codes(change(version, planning([elsewhere]), files))).toEqual(['FORGE-M009']);
  });
});
