import type { JsonObject } from './package-json';
import { lackingFiles, needsBuild } from './promises';

const lacking = (json: JsonObject, ...files: string[]): string[] =>
  lackingFiles(json, (file) => files.includes(file));

describe('what a package promises', () => {
  it.each<[string, JsonObject, string[], string[]]>([
    ['nothing', {}, [], []],
    ['main that is there', { main: './dist/index.js' }, ['dist/index.js'], []],
    ['main without its ending', { main: 'lib/main' }, ['lib/main.js'], []],
    ['main that is a directory', { main: './lib/' }, ['lib/index.js'], []],
    ['main that is not there', { main: './dist/index.js' }, ['package.json'], ['dist/index.js']],
    ['one program', { bin: 'cli.js' }, [], ['cli.js']],
    ['programs', { bin: { a: './a.js', b: 'b.js' } }, ['a.js'], ['b.js']],
    [
      'conditions of exports, but no patterns',
      { exports: { '.': { types: './i.d.ts', default: './i.js' }, './*': './*.js' } },
      ['i.js'],
      ['i.d.ts'],
    ],
  ])('%s', (_, json, files, expected) => {
    expect(lacking(json, ...files)).toEqual(expected);
  });

  it('is built by its own script only where npm would not and it is needed', () => {
    const json = (scripts: JsonObject): JsonObject => ({ main: 'dist/index.js', scripts });
    expect(needsBuild(json({ build: 'tsc' }), () => false)).toBe(true);
    expect(needsBuild(json({ build: 'tsc' }), () => true)).toBe(false);
    expect(needsBuild(json({ build: 'tsc', prepack: 'npm run build' }), () => false)).toBe(false);
    expect(needsBuild(json({ test: 'jest' }), () => false)).toBe(false);
  });
});
