import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '@forge/ecosystems';
import { checkReplacement, replaceFiles, type FileChange } from './replace-files';

let root: string;
let outside: string;

beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'forge-replace-'));
  root = join(outside, 'workspace');
  mkdirSync(root);
  for (const file of ['a', 'b', 'c']) writeFileSync(join(root, file), `${file} 1\r\n`);
});
afterEach(() => rmSync(outside, { recursive: true }));

const change = (file: string, before = `${file} 1\r\n`): FileChange => ({
  file,
  before: Buffer.from(before),
  after: Buffer.from(`${file} 2\n`),
});

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const codes = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.problems.map(({ code }) => code);

describe('replacing files', () => {
  it('writes all of them, and takes all of them back with bytes and modes', () => {
    chmodSync(join(root, 'b'), 0o751);
    const replaced = replaceFiles(root, [change('a'), change('b')]);
    if (!replaced.ok) throw replaced.problems[0];
    expect([read('a'), read('b'), read('c')]).toEqual(['a 2\n', 'b 2\n', 'c 1\r\n']);
    expect(statSync(join(root, 'b')).mode & 0o7777).toBe(0o751);
    expect(replaced.value()).toEqual({ ok: true, value: ['a', 'b'] });
    expect([read('a'), read('b')]).toEqual(['a 1\r\n', 'b 1\r\n']);
    expect(statSync(join(root, 'b')).mode & 0o7777).toBe(0o751);
    expect(readdirSync(root)).toEqual(['a', 'b', 'c']);
  });

  it('does not take back what somebody changed since', () => {
    const replaced = replaceFiles(root, [change('a'), change('b')]);
    writeFileSync(join(root, 'b'), 'mine');
    expect(replaced.ok && codes(replaced.value())).toEqual(['FORGE-M009']);
    expect([read('a'), read('b')]).toEqual(['a 2\n', 'mine']);
  });

  it.each([
    ['holds other bytes by now', () => writeFileSync(join(root, 'b'), 'b 1\n'), 'FORGE-M009'],
    ['is gone', () => rmSync(join(root, 'b')), 'FORGE-M009'],
    ['is a dangling link', () => relink('b', 'nowhere'), 'FORGE-M009'],
    ['is a link out of the workspace', () => relinkOutside('b'), 'FORGE-M027'],
    // Root may write everywhere: a directory in the way stops even root.
    ['cannot be written', () => mkdirSync(temporary('b')), 'FORGE-M026'],
  ])('writes nothing when one of them %s', (_, break_, code) => {
    break_();
    const changes = [change('a'), change('b')];
    if (code !== 'FORGE-M026') expect(codes(checkReplacement(root, changes))).toEqual([code]);
    expect(codes(replaceFiles(root, changes))).toEqual([code]);
    expect(read('a')).toBe('a 1\r\n');
  });

  it('takes back what it wrote when a later one fails', () => {
    const thief: FileChange = {
      ...change('c'),
      get after() {
        rmSync(temporary('b'));
        return Buffer.from('c 2\n');
      },
    };
    const replaced = replaceFiles(root, [change('a'), change('b'), thief]);
    expect(codes(replaced)).toEqual(['FORGE-M026']);
    expect([read('a'), read('b'), read('c')]).toEqual(['a 1\r\n', 'b 1\r\n', 'c 1\r\n']);
    expect(readdirSync(root)).toEqual(['a', 'b', 'c']);
  });

  it('names what cannot be put back, and puts back the others', () => {
    let looks = 0;
    const stuck: FileChange = {
      ...change('b'),
      get before() {
        // The second look is the one that takes back: a directory in the way stops even root.
        looks += 1;
        if (looks === 2) {
          rmSync(join(root, 'b'));
          mkdirSync(join(root, 'b'));
        }
        return Buffer.from('b 1\r\n');
      },
    };
    const thief: FileChange = {
      ...change('d'),
      get after() {
        rmSync(temporary('c'));
        return Buffer.from('d 2\n');
      },
    };
    writeFileSync(join(root, 'd'), 'd 1\r\n');
    const replaced = replaceFiles(root, [stuck, change('a'), change('c'), thief]);
    expect(replaced.ok ? [] : replaced.problems.map(({ what }) => what)).toEqual([
      expect.stringMatching(/^`c` cannot be written: .*ENOENT/),
      expect.stringMatching(/^`b` was written and cannot be put back: .*EISDIR/),
    ]);
    expect([read('a'), read('c'), read('d')]).toEqual(['a 1\r\n', 'c 1\r\n', 'd 1\r\n']);
    expect(readdirSync(root)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes a name that begins with two dots for one of the workspace', () => {
    writeFileSync(join(root, '..data'), '..data 1\r\n');
    relink('b', '..data');
    const through = { ...change('b'), before: Buffer.from('..data 1\r\n') };
    expect(replaceFiles(root, [through]).ok).toBe(true);
    expect(read('..data')).toBe('b 2\n');
  });

  it('writes through a link inside the workspace, which stays one', () => {
    relink('b', 'c');
    expect(replaceFiles(root, [change('b', 'c 1\r\n')]).ok).toBe(true);
    expect(lstatSync(join(root, 'b')).isSymbolicLink()).toBe(true);
    expect(read('c')).toBe('b 2\n');
  });
});

function temporary(file: string): string {
  return join(root, `${file}.forge-${process.pid}.tmp`);
}

function relink(file: string, to: string): void {
  rmSync(join(root, file));
  symlinkSync(to, join(root, file));
}

function relinkOutside(file: string): void {
  writeFileSync(join(outside, 'elsewhere'), `${file} 1\r\n`);
  relink(file, '../elsewhere');
}
