import { zipSync } from 'fflate';
import { gzip, unpackTarGz, writeTar, zipMembers } from '.';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const most = 1024 ** 2;

function shown(result: ReturnType<typeof zipMembers>): unknown {
  if (!result.ok) return result.problems[0]?.code;
  return result.value.map(({ path, type, target, content }) => [
    `${type} ${path}`,
    target ?? Buffer.from(content).toString(),
  ]);
}

describe('members of a zip', () => {
  const link = { os: 3, attrs: (0o120777 << 16) >>> 0 };

  it('are files, directories and links, packed and stored', () => {
    const archive = zipSync({
      'a/': bytes(''),
      'a/long.txt': bytes('word '.repeat(100)),
      'a/stored.txt': [bytes('stored'), { level: 0 }],
      'a/link': [bytes('long.txt'), { ...link, level: 0 }],
    });
    expect(shown(zipMembers(archive, most))).toEqual([
      ['directory a', ''],
      ['file a/long.txt', 'word '.repeat(100)],
      ['file a/stored.txt', 'stored'],
      ['symlink a/link', 'long.txt'],
    ]);
  });

  it('are shown twice when they are there twice', () => {
    const archive = Buffer.from(zipSync({ 'a.txt': bytes('one'), 'b.txt': bytes('two') }));
    for (let at = archive.indexOf('b.txt'); at >= 0; at = archive.indexOf('b.txt', at + 1))
      archive.write('a.txt', at);
    expect(shown(zipMembers(archive, most))).toEqual([
      ['file a.txt', 'one'],
      ['file a.txt', 'two'],
    ]);
  });

  it('are refused where they are broken or too many', () => {
    const archive = Buffer.from(zipSync({ 'a.txt': bytes('word '.repeat(100)) }));
    expect(shown(zipMembers(archive, 499))).toBe('FORGE-R007');
    expect(shown(zipMembers(archive.subarray(0, 40), most))).toBe('FORGE-R001');
    const entry = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    const farAway = Buffer.from(archive);
    farAway.writeUInt32LE(archive.length, entry + 42);
    expect(shown(zipMembers(farAway, most))).toBe('FORGE-R001');
    const damaged = Buffer.from(archive).fill(0xff, 35, entry);
    expect(shown(zipMembers(damaged, most))).toBe('FORGE-R001');
    const other = Buffer.from(archive);
    other.writeUInt16LE(12, entry + 10);
    expect(shown(zipMembers(other, most))).toBe('FORGE-R001');
  });
});

it('members of a gzipped tar are in the order of the archive, links as written', () => {
  const tar = writeTar([
    { name: 'a/../../b', type: 'file', mode: 0o644, content: bytes('x') },
    { name: 'a/link', type: 'symlink', mode: 0o777, linkname: '/etc', content: bytes('') },
    { name: 'a/../../b', type: 'file', mode: 0o644, content: bytes('y') },
  ]);
  const found = unpackTarGz('a.tgz', gzip(tar), most);
  expect(found.ok && found.value.top).toBe('a');
  expect(found.ok && shown({ ok: true, value: found.value.members })).toEqual([
    ['file a/../../b', 'x'],
    ['symlink a/link', '/etc'],
    ['file a/../../b', 'y'],
  ]);
  expect(unpackTarGz('a.tgz', bytes('no gzip'), most)).toMatchObject({
    problems: [{ code: 'FORGE-A003', what: expect.stringContaining('`a.tgz` cannot be opened') }],
  });
});
