import { zipSync } from 'fflate';
import { rawTar } from '../testing/hostile/raw-tar';
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
