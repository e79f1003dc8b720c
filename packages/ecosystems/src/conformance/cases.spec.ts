import { posix } from 'node:path';
import { changeManifest, planChange } from '../edit';
import type { Edit, FactPlace, ManifestChange, Result } from '../model';
import { readerOf, sourceOf } from '../testing';
import { cases, type Case, type Tree } from '../testing/cases';

const bom = Buffer.from([0xef, 0xbb, 0xbf]);

function codes(result: Result<unknown>): readonly string[] {
  return result.ok ? [] : result.problems.map(({ code }) => code);
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problems.map((each) => each.render()).join('\n\n'));
  return result.value;
}

function sourceIn({ manifest, ecosystem }: Case, files: Tree) {
  return sourceOf(manifest, files[manifest] as Buffer, ecosystem.toleratesLatin1);
}

function readIn(each: Case, files: Tree) {
  return each.ecosystem.format.read(sourceIn(each, files), readerOf(files));
}

function changeIn(each: Case, files: Tree, change: ManifestChange = each.change) {
  return changeManifest(each.ecosystem, sourceIn(each, files), change, readerOf(files));
}

/** The whole tree after a change. Throws the problem that stands in the way. */
function changed(each: Case, files: Tree, change?: ManifestChange): Tree {
  return { ...files, ...Object.fromEntries(valueOf(changeIn(each, files, change)).files) } as Tree;
}

/** Comparable and readable: what is no UTF-8 stays exact, too. */
function texts(files: Tree): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([file, bytes]) => [file, Buffer.from(bytes).toString('latin1')]),
  );
}

/** Whether a file has one of these names, of which some say only how they end. */
function bears(file: string, names: readonly string[]): boolean {
  const base = posix.basename(file);
  return names.some((name) =>
    name.startsWith('*') ? base.endsWith(name.slice(1)) : base === name,
  );
}

function mapTree(files: Tree, map: (bytes: Buffer) => Buffer): Tree {
  return Object.fromEntries(Object.entries(files).map(([file, bytes]) => [file, map(bytes)]));
}

function withCrlf(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1');
}

/** What takes the edits back: a span for each, in the file as it is afterwards. */
function inverted(
  edits: readonly Edit[],
  file: string,
): { start: number; end: number; text: string }[] {
  let shift = 0;
  return edits
    .filter((edit) => edit.file === file)
    .map(({ start, end, newText, expect: text }) => {
      const length = Buffer.byteLength(newText);
      const span = { start: start + shift, end: start + shift + length, text };
      shift += length - (end - start);
      return span;
    });
}

function takenBack(bytes: Buffer, spans: ReturnType<typeof inverted>, encoding: BufferEncoding) {
  return spans.reduceRight(
    (now, { start, end, text }) =>
      Buffer.concat([now.subarray(0, start), Buffer.from(text, encoding), now.subarray(end)]),
    bytes,
  );
}

describe.each(cases.map((each) => ({ ...each, title: each.folder.replace('ecosystems/', '') })))(
  '$title: $says',
  (each) => {
    const after: Tree = { ...each.before, ...each.changed };

    if (each.reads !== undefined)
      it('is read', () => {
        const manifest = valueOf(readIn(each, each.before));
        if (each.reads === null) expect(manifest).toBeNull();
        else expect(manifest).toMatchObject(each.reads as object);
      });

    it('shows its places as they stand', () => {
      const { locate, read } = each.ecosystem.format;
      const [source, reader] = [sourceIn(each, each.before), readerOf(each.before)];
      if (!read(source, reader).ok) return;
      const { version, requirements } = valueOf(locate(source, reader));
      for (const { file, span, text, fixed } of [...version, ...requirements])
        if (span)
          expect(each.before[file]?.toString('latin1', span.start, span.end)).toBe(
            Buffer.from(text ?? '').toString('latin1'),
          );
        else expect(fixed).toBeDefined();
    });

    if (each.located)
      it('is located', () => {
        const { locate } = each.ecosystem.format;
        const source = sourceIn(each, each.before);
        expect(valueOf(locate(source, readerOf(each.before)))).toMatchObject(
          each.located as object,
        );
      });

    if (each.problems) {
      it('is refused', () => {
        const read = readIn(each, each.before);
        const refused = read.ok ? changeIn(each, each.before) : read;
        expect(codes(refused)).toEqual(each.problems);
        for (const problem of refused.ok ? [] : refused.problems)
          expect(problem.render()).toContain('fix: ');
      });
      return;
    }

    it('becomes what is expected', () =>
      expect(texts(changed(each, each.before))).toEqual(texts(after)));

    it('changes no file that what is cached would not look at', () => {
      const { manifests, companions } = each.ecosystem;
      const read = valueOf(readIn(each, each.before));
      const inputs = new Set([...(read?.inputs ?? []), read?.version.file]);
      const unseen = Object.keys(each.changed).filter(
        (file) => !inputs.has(file) && !bears(file, [...manifests, ...companions]),
      );
      expect(unseen).toEqual([]);
    });

    it('says of each edit of a requirement which dependency it is about', () => {
      const { locate } = each.ecosystem.format;
      const located = valueOf(locate(sourceIn(each, each.before), readerOf(each.before)));
      const { normalizeName } = each.ecosystem;
      for (const { file, start, end, about } of valueOf(changeIn(each, each.before)).edits) {
        const covers = (place: FactPlace): boolean =>
          place.file === file &&
          place.span !== undefined &&
          place.span.start <= start &&
          end <= place.span.end;
        const names = located.requirements.filter(covers).map(({ name }) => normalizeName(name));
        if (names.length === 0 || located.version.some(covers)) continue;
        expect(names).toContain(normalizeName(about?.dependency ?? ''));
      }
    });

    it('does not change a second time', () =>
      expect(valueOf(changeIn(each, after)).edits).toEqual([]));

    it('has its old bytes again when the edits are taken back', () => {
      const { edits } = valueOf(changeIn(each, each.before));
      for (const [file, bytes] of Object.entries(each.changed)) {
        const { encoding } = sourceOf(file, each.before[file] as Buffer, true);
        const back = takenBack(bytes, inverted(edits, file), encoding);
        expect(back.toString('latin1')).toBe(each.before[file]?.toString('latin1'));
      }
    });

    it('has its old bytes again when the version goes back', () => {
      const { version } = each.change;
      const old = valueOf(readIn(each, each.before))?.version.value;
      if (version === undefined || !old || !each.comesBack) return;
      const forth = changed(each, each.before, { version });
      expect(texts(changed(each, forth, { version: old }))).toEqual(texts(each.before));
    });

    if (!each.variants) return;

    it('becomes the same with CRLF', () =>
      expect(texts(changed(each, mapTree(each.before, withCrlf)))).toEqual(
        texts(mapTree(after, withCrlf)),
      ));

    it('becomes the same after a byte order mark, or is refused', () => {
      const marked = (files: Tree): Tree => ({
        ...files,
        [each.manifest]: Buffer.concat([bom, files[each.manifest] as Buffer]),
      });
      const before = marked(each.before);
      const plan = planChange(
        each.ecosystem,
        sourceIn(each, before),
        each.change,
        readerOf(before),
      );
      if (!readIn(each, before).ok) expect(codes(plan)).not.toEqual([]);
      else expect(texts(changed(each, before))).toEqual(texts(marked(after)));
    });
  },
);
