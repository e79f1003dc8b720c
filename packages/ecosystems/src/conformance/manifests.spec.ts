import { changeManifest } from '../edit';
import { catalogue } from '../errors';
import type { Ecosystem, Manifest, ManifestChange, Result } from '../model';
import { decodeSource, splice } from '../text';
import { readerOf, sourceOf } from '../testing';
import { subjects } from '../testing/subjects';

type Texts = Readonly<Record<string, string>>;

const bom = '\uFEFF';
const spellings: readonly (readonly [string, (text: string) => string])[] = [
  ['as it stands', (text) => text],
  ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['with a byte order mark', (text) => bom + text],
  ['without a final newline', (text) => text.replace(/\n$/, '')],
];

function codes(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(({ code }) => code);
}

function mapTexts(texts: Texts, spell: (text: string) => string): Texts {
  return Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, spell(text)]));
}

/** The texts of the files that change. Throws the problem that stands in the way. */
function apply(ecosystem: Ecosystem, files: Texts, file: string, change: ManifestChange): Texts {
  const source = sourceOf(file, files[file] ?? '', ecosystem.toleratesLatin1);
  const changed = changeManifest(ecosystem, source, change, readerOf(files));
  if (!changed.ok) throw changed.problems[0];
  return Object.fromEntries(
    [...changed.value.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  );
}

describe.each(subjects)('manifests of $id', ({ ecosystem, kit: { manifest: kit } }) => {
  const read = (text: string) =>
    ecosystem.format.read(
      sourceOf(kit.file, text, ecosystem.toleratesLatin1),
      readerOf({ ...kit.files, [kit.file]: text }),
    );
  const text = kit.files[kit.file] ?? '';

  it('are read: name, version, and plain data', () => {
    const result = read(text);
    if (!result.ok) throw result.problems[0];
    expect(result.value).toMatchObject({
      ecosystem: ecosystem.id,
      file: kit.file,
      name: kit.name,
      version: { value: kit.version },
    });
    expect(JSON.parse(JSON.stringify(result.value))).toEqual(result.value);
    const asked = kit.change.requirements.map(({ name }) => ecosystem.normalizeName(name));
    const found = result.value?.dependencies.map(({ name }) => ecosystem.normalizeName(name));
    expect(found).toEqual(expect.arrayContaining(asked));
  });

  describe.each(spellings)('%s', (title, spell) => {
    const files = mapTexts(kit.files, spell);
    if (kit.refusesBom && title.includes('mark')) {
      it('are refused, as by the native tool', () =>
        expect(codes(read(spell(text)))).not.toEqual([]));
      return;
    }

    it('change in exactly the planned spans', () =>
      expect(apply(ecosystem, files, kit.file, kit.change)).toEqual(mapTexts(kit.changed, spell)));

    it('do not change a second time', () => {
      const after = { ...files, ...mapTexts(kit.changed, spell) };
      expect(apply(ecosystem, after, kit.file, kit.change)).toEqual({});
    });

    it('do not change when nothing is asked', () => {
      expect(apply(ecosystem, files, kit.file, {})).toEqual({});
      expect(apply(ecosystem, files, kit.file, { version: kit.version })).toEqual({});
      const requirements = [
        { name: 'no-such-package', version: '9.9.9', policy: 'always' as const },
      ];
      expect(apply(ecosystem, files, kit.file, { requirements })).toEqual({});
    });

    it('have their old bytes again when the version goes back', () => {
      const forth = apply(ecosystem, files, kit.file, { version: kit.change.version });
      const back = apply(ecosystem, { ...files, ...forth }, kit.file, { version: kit.version });
      expect({ ...files, ...forth, ...back }).toEqual(files);
    });
  });

  it('stay what they are in their publishable form', () => {
    const reader = readerOf(kit.files);
    const source = sourceOf(kit.file, text, ecosystem.toleratesLatin1);
    const before = ecosystem.format.read(source, reader);
    if (!before.ok || !before.value) throw new Error(codes(before).join());
    const local = ({ name }: { readonly name: string }): Manifest => ({
      ...(before.value as Manifest),
      name,
      version: { value: kit.version, file: kit.file, via: 'version' },
      dependencies: [],
    });
    const edits = ecosystem.format.publishable(source, before.value, { reader, local });
    if (!edits.ok) throw edits.problems[0];
    const bytes = splice(source, edits.value);
    if (!bytes.ok) throw bytes.problems[0];
    const after = read(Buffer.from(bytes.value).toString());
    expect(after).toMatchObject({ ok: true, value: { name: kit.name } });
    if (!after.ok) return;
    expect(after.value?.version.value).toBe(kit.version);
    const inRepository = after.value?.dependencies.filter(
      ({ requirement, internal, path }) => internal || (path !== undefined && requirement === null),
    );
    expect(inRepository).toEqual([]);
  });

  const broken: readonly (readonly [string, string | null, string])[] = [
    ['empty', '', 'FORGE-M001'],
    ['blank', '\n \r\n', 'FORGE-M001'],
    ['truncated', kit.truncated, 'FORGE-M002'],
    ['without a name', kit.withoutName, 'FORGE-M004'],
    ['without a version', kit.withoutVersion, 'FORGE-M005'],
  ];

  it.each(
    broken.flatMap(([title, content, code]) =>
      content === null ? [] : [{ title, content, code }],
    ),
  )('that are $title give $code', ({ content, code }) => {
    const result = read(content);
    expect(codes(result)).toEqual([code]);
    for (const problem of result.ok ? [] : result.problems) {
      expect(problem.where?.file).toBe(kit.file);
      expect(problem.render()).toContain('fix: ');
    }
  });

  it('in UTF-16 are refused before they are read', () => {
    const utf16 = Buffer.from(bom + text, 'utf16le');
    expect(codes(decodeSource(kit.file, utf16, ecosystem))).toEqual(['FORGE-M003']);
  });

  it('never make a reader or a planner throw, wherever they are cut off', () => {
    const step = Math.max(1, Math.floor(text.length / 200));
    for (let end = 0; end < text.length; end += step) {
      const source = sourceOf(kit.file, text.slice(0, end), ecosystem.toleratesLatin1);
      const reader = readerOf({ ...kit.files, [kit.file]: text.slice(0, end) });
      const results = [
        ecosystem.format.read(source, reader),
        ecosystem.format.plan(source, kit.change, reader),
      ];
      for (const code of results.flatMap(codes)) expect(catalogue).toHaveProperty([code]);
    }
  });
});
