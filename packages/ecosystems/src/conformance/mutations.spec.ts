import { catalogue } from '../errors';
import { planChange } from '../edit';
import type { Edit, Result, Source } from '../model';
import { decodeSource, splice } from '../text';
import { mutations, offsetIn, readerOf, seeded } from '../testing';
import { cases, type Case } from '../testing/cases';

/** How often each manifest is changed in each way: in turn anywhere, and close to what a release edits. */
const rounds = Number(process.env['FORGE_MUTATIONS'] ?? 2);
const seed = Number(process.env['FORGE_SEED'] ?? 1);

/** Offsets into the text of the manifest at which its version and its requirements begin. */
function placesOf({ ecosystem, manifest, before }: Case): readonly number[] {
  const bytes = before[manifest] ?? Buffer.of();
  const source = decodeSource(manifest, bytes, ecosystem);
  const located = source.ok && ecosystem.format.locate(source.value, readerOf(before));
  if (!located || !located.ok) return [];
  return [...located.value.version, ...located.value.requirements].flatMap(({ file, span }) =>
    file === manifest && span ? [bytes.toString('utf8', 0, span.start).length] : [],
  );
}

/** Everything that may be asked of a manifest. A throw ends the test. */
function askEverything(each: Case, source: Source): readonly Result<unknown>[] {
  const reader = readerOf({ ...each.before, [each.manifest]: Buffer.from(source.bytes) });
  const { format } = each.ecosystem;
  const change = { version: '9.8.7', ...each.change };
  const planned = planChange(each.ecosystem, source, change, reader);
  const read = format.read(source, reader);
  const located = format.locate(source, reader);
  if (planned.ok) onlySpansChange(source, splice(source, planned.value), planned.value);
  return [read, planned, located];
}

/** Bytes outside the planned spans, before and after. */
function onlySpansChange(
  { file, bytes, encoding }: Source,
  after: Result<Uint8Array>,
  edits: readonly Edit[],
): void {
  if (!after.ok) throw after.problems[0];
  const own = edits.filter((edit) => edit.file === file);
  const outside = (spans: readonly (readonly [number, number])[], all: Uint8Array): Buffer => {
    const kept: Uint8Array[] = [];
    let at = 0;
    for (const [start, end] of spans) {
      kept.push(all.subarray(at, start));
      at = end;
    }
    return Buffer.concat([...kept, all.subarray(at)]);
  };
  let shift = 0;
  const moved = own.map(({ start, end, newText }) => {
    const length = Buffer.byteLength(newText, encoding);
    const span = [start + shift, start + shift + length] as const;
    shift += length - (end - start);
    return span;
  });
  const before = outside(
    own.map(({ start, end }) => [start, end] as const),
    bytes,
  );
  expect(outside(moved, after.value).equals(before)).toBe(true);
}

describe('mutated manifests', () => {
  const subjects = cases.map((each) => ({
    each,
    text: each.before[each.manifest]?.toString() ?? '',
    places: placesOf(each),
  }));

  it('are changed where it matters', () =>
    expect(subjects.filter(({ places }) => places.length > 0).length).toBeGreaterThan(
      cases.length / 2,
    ));

  it.each(Object.entries(mutations).map(([name, mutate]) => ({ name, mutate })))(
    'with $name are read and planned, or refused by a code',
    ({ name, mutate }) => {
      const random = seeded(seed + name.length);
      for (const { each, text, places } of subjects)
        for (let round = 0; round < rounds; round += 1) {
          const at = offsetIn(text, random, round % 2 === 0 ? [] : places);
          const bytes = Buffer.from(mutate(text, at, random));
          const source = decodeSource(each.manifest, bytes, each.ecosystem);
          if (!source.ok) continue;
          const results = askEverything(each, source.value);
          for (const result of results)
            for (const problem of result.ok ? [] : result.problems)
              expect(catalogue).toHaveProperty([problem.code]);
        }
    },
  );
});
