import { zipSync } from 'fflate';
import { gnuName, pax, rawTar, type RawEntry } from '../testing/hostile/raw-tar';
import { readPackageTar } from './package-tar';
import { writeTar, type TarEntry } from './tar';
import { unpackedLimit } from './unpacked-limit';
import { readZip } from './zip';

const file = (name: string): TarEntry => {
  return { name, type: 'file', mode: 0o644, content: Buffer.from('x') };
};
const link = (name: string, linkname: string): TarEntry => ({
  ...file(name),
  type: 'symlink',
  linkname,
});
const directory = (name: string): TarEntry => ({ ...file(name), type: 'directory' });

it.each<[string, TarEntry[]]>([
  ['a link to a neighbour', [file('a/b'), link('a/c', 'b')]],
  ['a link up and down again', [file('a/b'), link('c/d', '../a/b')]],
  [
    'a framework of macOS',
    [file('F/Versions/A/F'), link('F/Versions/Current', 'A'), link('F/F', 'Versions/Current/F')],
  ],
  ['a directory twice', [directory('a'), directory('a'), file('a/b')]],
  ['the top itself', [directory('.'), file('./a')]],
  ['dots that are no steps', [file('a/..b'), file('a/...')]],
])('takes %s', (_, entries) => {
  expect(readPackageTar(writeTar(entries)).ok).toBe(true);
});

it.each<[string, TarEntry[]]>([
  ['a step up', [file('a/../b')]],
  ['an absolute name', [file('/a')]],
  ['a drive', [file('C:\\a')]],
  ['a link that leads out', [link('a/b', '../../c')]],
  ['a member behind a link', [link('a', 'b'), file('a/c')]],
  [
    'a link that leads out through another one',
    [directory('p/b'), link('p/b/up', '../..'), link('p/out', 'b/up/../secret')],
  ],
  [
    'a link that leads out through another one, by a name that only Windows divides',
    [file('p/b\\c/d'), link('p/out', 'b\\c/../../../secret')],
  ],
  [
    'a link up and out again behind one that goes nowhere',
    [link('p/b/up', '../..'), link('p/out', 'x/../b/up/y/../../secret')],
  ],
  ['the top as a link', [link('.', 'a'), file('b')]],
  ['a file twice', [file('a'), file('./a')]],
  ['a file that is a directory, too', [file('a'), directory('a')]],
])('refuses %s', (_, entries) => {
  expect(readPackageTar(writeTar(entries))).toMatchObject({ problems: [{ code: 'FORGE-R090' }] });
});

it('refuses a hard link through a link', () => {
  const tar = rawTar([
    { name: 'p/b/up', type: '2', linkname: '../..' },
    { name: 'p/out', type: '1', linkname: 'p/b/up/x' },
  ]);
  expect(readPackageTar(tar)).toMatchObject({ problems: [{ code: 'FORGE-R090' }] });
});

it('refuses a hard link to a link, which another tool would copy to where it leads out', () => {
  const tar = rawTar([
    { name: 'p/b/up', type: '2', linkname: '../x' },
    { name: 'up', type: '1', linkname: 'p/b/up' },
  ]);
  expect(readPackageTar(tar)).toMatchObject({ problems: [{ code: 'FORGE-R090' }] });
});

describe('paths without end', () => {
  const long = `${'a/'.repeat(32_000)}x`;
  const links = (count: number, target: string) =>
    Array.from({ length: count }, (_, index) => [
      pax('path', `${index}/${'b/'.repeat(2000)}l`),
      pax('linkpath', target),
      { name: 'l', type: '2' },
    ]).flat();

  it.each<[string, RawEntry[], string]>([
    ['a link', [pax('linkpath', long), { name: 'l', type: '2' }], 'longer than any system'],
    ['a hard link', [pax('linkpath', long), { name: 'l', type: '1' }], 'longer than any system'],
    ['a name', [pax('path', long), { name: 'x' }], 'longer than any system'],
    ['a name by GNU', [gnuName(long), { name: 'x' }], 'longer than any system'],
    ['a name of slashes', [gnuName(`a${'/'.repeat(200_000)}b`), { name: 'x' }], 'longer than any'],
    ['many links', links(30, 'x'), 'more links than any package'],
    ['many steps up', links(20, `${'../b/'.repeat(800)}l`), 'fine'],
  ])('sees what they are at once: %s', (_, entries, why) => {
    const before = process.cpuUsage();
    const read = readPackageTar(rawTar(entries));
    expect(read.ok ? 'fine' : read.problems[0]?.what).toContain(why);
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  });

  it('reads a pax record of zeros at once', () => {
    const zeros: RawEntry = {
      name: 'PaxHeader',
      type: 'x',
      content: `${'0'.repeat(200_000)}1 a=b`,
    };
    const before = process.cpuUsage();
    expect(readPackageTar(rawTar([zeros, { name: 'x' }])).ok).toBe(true);
    expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
  });
});

it('holds zip archives to the same', () => {
  const zip = zipSync({ '../a': Buffer.from('x') });
  expect(readZip(zip)).toMatchObject({ problems: [{ code: 'FORGE-R090' }] });
});

it.each([
  [1000, 2 ** 40, 64 * 1024 ** 2],
  [10 * 1024 ** 2, 2 ** 40, 500 * 1024 ** 2],
  [10 * 1024 ** 2, 1000, 1000],
])('lets %d bytes of at most %d become %d', (packed, most, limit) => {
  expect(unpackedLimit(packed, most)).toBe(limit);
});
