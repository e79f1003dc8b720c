import {
  ok,
  type Ecosystem,
  type Manifest,
  type ManifestFormat,
  type Result,
  type Source,
} from '../model';
import { readerOf, sourceOf, toy } from '../testing';
import { editAt } from '../text';
import { changeManifests, planChanges, type AskedChange } from './change-manifest';

const files = {
  VERSIONS: 'shared 1.2.0\n',
  'core/toy.pkg': 'name = core\nversion = 1.2.0\n',
  'app/toy.pkg': 'name = app\nversion = 1.2.0\nneeds = core ^1.2\n',
};
const reader = readerOf(files);

function asks(file: keyof typeof files, change: AskedChange['change']): AskedChange {
  return { source: sourceOf(file, files[file]), change };
}

const coreTo = (version: string): AskedChange => asks('core/toy.pkg', { version });
const appNeeds = (version: string): AskedChange =>
  asks('app/toy.pkg', { requirements: [{ name: 'core', version, policy: 'violated' }] });

function codes(result: Result<unknown>): string[] {
  return result.ok ? [] : result.problems.map(({ code, where }) => `${code} ${where?.file}`).sort();
}

function withFormat(format: Partial<ManifestFormat>): Ecosystem {
  return { ...toy, format: { ...toy.format, ...format } };
}

/** The version of every package is the one of the file VERSIONS. */
const sharing = withFormat({
  read(source, at) {
    const manifest = toy.format.read(source, at);
    if (!manifest.ok || !manifest.value) return manifest;
    const value = at.read('VERSIONS')?.text.slice('shared '.length).trim() ?? null;
    const version = { value, file: 'VERSIONS', via: 'shared' };
    return ok<Manifest>({ ...manifest.value, version, inputs: ['VERSIONS'] });
  },
  plan(_source, { version }, at) {
    const shared = at.read('VERSIONS');
    if (!shared || version === undefined) return ok([]);
    return ok([editAt(shared, 7, 12, version, 'the shared version')]);
  },
});

/** What `app` needs follows its own version. */
const lockStep = withFormat({
  read(source, at) {
    const manifest = toy.format.read(source, at);
    if (!manifest.ok || !manifest.value) return manifest;
    const requirement = `^${manifest.value.version.value}`;
    const dependencies = manifest.value.dependencies.map((each) => ({
      ...each,
      requirement,
      fixed: 'it is the own version',
    }));
    return ok<Manifest>({ ...manifest.value, dependencies });
  },
});

describe('a requirement that follows the own version', () => {
  const appTo = (version: string, stays: AskedChange['stays'] = []): AskedChange => ({
    ...asks('app/toy.pkg', { version }),
    stays,
  });

  it('is refused when it leaves behind what stays (FORGE-M025)', () => {
    const planned = planChanges(
      lockStep,
      [appTo('2.0.0', [{ name: 'core', version: '1.2.0' }])],
      reader,
    );
    expect(codes(planned)).toEqual(['FORGE-M025 app/toy.pkg']);
    expect(planned.ok ? '' : planned.problems[0]?.what).toBe(
      'the requirement on `core` (needs) in `app/toy.pkg` moves with a version and will be `^2.0.0`, which `1.2.0` does not satisfy',
    );
  });

  it.each([
    ['what moves with it', appTo('2.0.0'), [coreTo('2.0.0')]],
    ['what stays and is still taken', appTo('1.2.1', [{ name: 'core', version: '1.3.0' }]), []],
    ['what nobody knows', appTo('2.0.0'), []],
  ])('goes with %s', (_, app, others) => {
    expect(codes(planChanges(lockStep, [app, ...others], reader))).toEqual([]);
  });

  it('is refused when what moves goes elsewhere', () => {
    expect(codes(planChanges(lockStep, [appTo('2.0.0'), coreTo('3.0.0')], reader))).toEqual([
      'FORGE-M025 app/toy.pkg',
    ]);
  });
});

describe('planning the changes of one release', () => {
  it('gives the edits of each manifest in the order of asking', () => {
    const planned = planChanges(toy, [appNeeds('2.0.0'), coreTo('2.0.0')], reader);
    expect(planned.ok && planned.value.map((edits) => edits.map(({ newText }) => newText))).toEqual(
      [['^2.0'], ['2.0.0']],
    );
  });

  it('gives the bytes of all files at once', () => {
    const changed = changeManifests(toy, [appNeeds('2.0.0'), coreTo('2.0.0')], reader);
    expect(
      changed.ok && [...changed.value.files].map(([file, bytes]) => [file, `${bytes}`]),
    ).toEqual([
      ['app/toy.pkg', files['app/toy.pkg'].replace('^1.2', '^2.0')],
      ['core/toy.pkg', files['core/toy.pkg'].replace('1.2.0', '2.0.0')],
    ]);
  });

  it('names every manifest that does not read back as asked, and no other (FORGE-M011)', () => {
    const broken = withFormat({
      plan: (source, change, at) =>
        source.file === 'core/toy.pkg'
          ? ok([editAt(source, 7, 11, 'cored', 'another name')])
          : toy.format.plan(source, change, at),
    });
    const result = planChanges(broken, [appNeeds('2.0.0'), coreTo('2.0.0')], reader);
    expect(codes(result)).toEqual(['FORGE-M011 core/toy.pkg']);
  });

  it('refuses a requirement that was moved past its version (FORGE-M011)', () => {
    const broken = withFormat({
      plan: (source) => ok([editAt(source, 40, 44, '^3.0', 'too far')]),
    });
    expect(codes(planChanges(broken, [appNeeds('2.0.0')], reader))).toEqual([
      'FORGE-M011 app/toy.pkg',
    ]);
  });

  it('expects of a shared version what any of its packages is asked for', () => {
    const untouched = asks('app/toy.pkg', {});
    expect(planChanges(sharing, [coreTo('1.3.0'), untouched], reader).ok).toBe(true);
    const lost = { ...sharing, format: { ...sharing.format, plan: planAnother } };
    expect(codes(planChanges(lost, [coreTo('1.3.0'), untouched], reader))).toEqual([
      'FORGE-M011 app/toy.pkg',
      'FORGE-M011 core/toy.pkg',
    ]);
  });

  it.each([
    ['takes', 'shared', []],
    ['refuses', 'another', ['FORGE-M011 VERSIONS']],
  ])('%s the move of a version in what is no package, at the place `%s`', (_, via, refused) => {
    const isRoot = ({ file }: Source): boolean => file === 'VERSIONS';
    const { read, plan } = sharing.format;
    const rooted = withFormat({
      read: (source, at) => (isRoot(source) ? ok(null) : read(source, at)),
      plan: (source, change, at) => (isRoot(source) ? ok([]) : plan(source, change, at)),
      locate: ({ file, text }) => ok({ version: [{ file, via, text }], requirements: [] }),
    });
    const root = asks('VERSIONS', {});
    expect(codes(planChanges(rooted, [coreTo('1.3.0'), root], reader))).toEqual(refused);
  });

  it('refuses two versions for one shared place (FORGE-M010)', () => {
    const both = [coreTo('1.3.0'), asks('app/toy.pkg', { version: '1.4.0' })];
    expect(codes(planChanges(sharing, both, reader))).toEqual(['FORGE-M010 VERSIONS']);
  });

  it('reads a manifest that nothing touches once only', () => {
    const read = jest.fn(toy.format.read);
    const counting = withFormat({ read });
    planChanges(counting, [coreTo('1.3.0'), appNeeds('1.3.0')], readerOf(files));
    expect(read.mock.calls.map(([{ file }]) => file).sort()).toEqual([
      'app/toy.pkg',
      'core/toy.pkg',
      'core/toy.pkg',
    ]);
  });
});

/** Writes another version than the one that was asked for. */
function planAnother(
  ...[, , at]: Parameters<ManifestFormat['plan']>
): ReturnType<ManifestFormat['plan']> {
  const shared = at.read('VERSIONS');
  return ok(shared ? [editAt(shared, 7, 12, '9.9.9', 'wrong')] : []);
}
