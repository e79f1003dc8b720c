import {
  decodeSource,
  editAt,
  splice,
  type Edit,
  type Result,
  type Source,
} from '@forge/ecosystems';
import { EditedFile } from './edited-file';

function sourceOf(text: string): Source {
  const source = decodeSource('VERSIONS', Buffer.from(text));
  if (!source.ok) throw source.problems[0];
  return source.value;
}

const text = 'ä = 1.0\nb = 1.0\nc = 1.0\n';
const source = sourceOf(text);

function edit(before: string, after: string): Edit {
  const start = text.indexOf(before);
  return editAt(source, start, start + before.length, after, `${before} → ${after}`);
}

function shown(result: Result<Uint8Array>): string {
  return result.ok
    ? String(Buffer.from(result.value))
    : result.problems.map(({ code }) => code).join();
}

describe('a file whose edits come one by one', () => {
  it('shows them in any order, whatever their length', () => {
    const file = new EditedFile(source);
    file.set('c', [edit('c = 1.0', 'c = 10.0.0')]);
    expect(shown(file.content())).toBe('ä = 1.0\nb = 1.0\nc = 10.0.0\n');
    file.set('a', [edit('ä = 1.0', 'ä = 2')]);
    expect(shown(file.content())).toBe('ä = 2\nb = 1.0\nc = 10.0.0\n');
    file.set('b', [edit('b = 1.0', 'b = ü')]);
    file.set('a', [edit('ä = 1.0', 'ä = 3.0.0')]);
    expect(shown(file.content())).toBe('ä = 3.0.0\nb = ü\nc = 10.0.0\n');
  });

  it('shows the original again when nobody wants anything else', () => {
    const file = new EditedFile(source);
    file.set('a', [edit('b = 1.0', 'b = 2')]);
    file.set('b', [edit('b = 1.0', 'b = 2')]);
    expect(shown(file.content())).toContain('b = 2');
    file.set('a', []);
    expect(shown(file.content())).toContain('b = 2');
    file.set('b', [edit(' 1.0\nc', ' 3\nc')]);
    expect(shown(file.content())).toBe('ä = 1.0\nb = 3\nc = 1.0\n');
    file.set('b', []);
    expect(shown(file.content())).toBe(text);
  });

  it('refuses two texts for one place until they agree (FORGE-M010)', () => {
    const file = new EditedFile(source);
    file.set('a', [edit('b = 1.0', 'b = 2')]);
    file.set('b', [edit('b = 1.0', 'b = 3')]);
    expect(shown(file.content())).toBe('FORGE-M010');
    file.set('a', [edit('b = 1.0', 'b = 3')]);
    expect(shown(file.content())).toBe('ä = 1.0\nb = 3\nc = 1.0\n');
  });

  it('refuses places that overlap (FORGE-M010) and texts that are not there (FORGE-M009)', () => {
    const file = new EditedFile(source);
    file.set('a', [edit('b = 1.0', 'b = 2'), edit('= 1.0\nc', '= 2\nc')]);
    expect(shown(file.content())).toBe('FORGE-M010');
    file.set('a', [{ ...edit('b = 1.0', 'b = 2'), expect: 'b = 9' }]);
    expect(shown(file.content())).toBe('FORGE-M009');
  });

  it('agrees with edits that are applied all at once', () => {
    const lines = Array.from({ length: 200 }, (_, at) => `p${at} = 1.0\n`).join('');
    const long = sourceOf(lines);
    const file = new EditedFile(long);
    const edits: Edit[] = [];
    for (let step = 0; step < 200; step += 1) {
      const line = `p${(step * 67) % 200} = 1.0\n`;
      const start = lines.indexOf(line);
      edits.push(editAt(long, start, start + line.length, 'x'.repeat(step % 13), String(step)));
      file.set(line, edits.slice(-1));
      expect(shown(file.content())).toBe(shown(splice(long, edits)));
    }
  });
});
