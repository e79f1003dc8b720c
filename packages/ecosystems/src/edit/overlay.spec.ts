import { readerOf, sourceOf } from '../testing';
import type { Reader, Source } from '../model';
import { editAt } from '../text';
import { overlay } from './overlay';

const files = { root: 'v1', lock: 'l1' };
const manifest = new Map([['manifest', sourceOf('manifest', 'm1')]]);
const plain = { toleratesLatin1: false };

/** Sources keep their identity, as those of every reading session do. */
function session(): Reader {
  const base = readerOf(files);
  const sources = new Map<string, Source | undefined>();
  return {
    ...base,
    read(file) {
      if (!sources.has(file)) sources.set(file, base.read(file));
      return sources.get(file);
    },
  };
}

function changing(reader: Reader, file: string, text: string) {
  const source = reader.read(file) as Source;
  return editAt(source, 0, source.text.length, text, 'a test');
}

/** What is read from the root, and how often that was computed. */
function rootText(reader: Reader, computed: string[]): string {
  return reader.memo('root', () => {
    const text = reader.read('root')?.text ?? '';
    computed.push(text);
    return text;
  });
}

describe('an overlay', () => {
  it('shows edited files, and all others as they are', () => {
    const base = session();
    const edited = overlay(base, manifest, [changing(base, 'root', 'v2')], plain);
    expect(['root', 'lock', 'manifest', 'none'].map((file) => edited.read(file)?.text)).toEqual([
      'v2',
      'l1',
      'm1',
      undefined,
    ]);
    expect(base.read('root')?.text).toBe('v1');
  });

  it('keeps what was computed while everything that it was read from looks the same', () => {
    const base = session();
    const computed: string[] = [];
    const seen = [[], ['lock', 'l2'], ['root', 'v2'], ['root', 'v2'], ['root', 'v3'], []].map(
      ([file, text]) => {
        const edits = file && text ? [changing(base, file, text)] : [];
        return rootText(overlay(base, manifest, edits, plain), computed);
      },
    );
    expect(seen).toEqual(['v1', 'v1', 'v2', 'v2', 'v3', 'v1']);
    expect(computed).toEqual(['v1', 'v2', 'v3', 'v1']);
  });

  it('knows what a value was read from through other values', () => {
    const base = session();
    const nested = (reader: Reader): string =>
      reader.memo('outer', () => `outer ${rootText(reader, [])}`);
    expect(nested(overlay(base, manifest, [], plain))).toBe('outer v1');
    const edits = [changing(base, 'root', 'v2')];
    expect(nested(overlay(base, manifest, edits, plain))).toBe('outer v2');
  });

  it('tells of a file that cannot be edited when it is read (FORGE-M009)', () => {
    const base = session();
    const edited = overlay(
      base,
      manifest,
      [{ ...changing(base, 'root', 'v2'), expect: 'v0' }],
      plain,
    );
    expect(edited.problems).toEqual([]);
    expect(edited.read('root')).toBeUndefined();
    expect(edited.problems.map(({ code }) => code)).toEqual(['FORGE-M009']);
  });
});
