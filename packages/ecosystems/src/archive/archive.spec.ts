import { execFileSync } from 'node:child_process';
import { zipSync } from 'fflate';
import { digestsOf, gunzip, gzip, readTar, readZip, writeTar, type TarEntry } from '.';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const long = `${'directory/'.repeat(12)}file-${'x'.repeat(60)}.txt`;
const entries: TarEntry[] = [
  { name: 'a', type: 'directory', mode: 0o755, content: bytes('') },
  { name: 'a/run.sh', type: 'file', mode: 0o755, content: bytes('#!/bin/sh\n') },
  { name: 'a/link', type: 'symlink', mode: 0o777, linkname: 'run.sh', content: bytes('') },
  { name: 'a/überall', type: 'file', mode: 0o644, content: bytes('y'.repeat(512)) },
  { name: long, type: 'file', mode: 0o644, content: bytes('split') },
  { name: 'n'.repeat(180), type: 'file', mode: 0o644, content: bytes('pax') },
];

function plain(result: ReturnType<typeof readTar>): unknown {
  if (!result.ok) return result.problems[0]?.code;
  return result.value.map(({ content, ...entry }) => ({
    ...entry,
    content: Buffer.from(content).toString(),
  }));
}

describe('tar', () => {
  it('reads what it writes', () => {
    expect(plain(readTar(writeTar(entries)))).toEqual(plain({ ok: true, value: entries }));
  });

  it('writes what tar reads', () => {
    const listed = execFileSync('tar', ['-tvf', '-', '--numeric-owner', '--utc'], {
      input: writeTar(entries),
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    expect(listed).toContain('-rwxr-xr-x 0/0              10 1970-01-01 00:00 a/run.sh');
    expect(listed).toContain('a/link -> run.sh');
    expect(listed).toContain(long);
    expect(listed).toContain('n'.repeat(180));
  });

  it.each(['gnu', 'pax', 'ustar'])('reads what tar writes in the format %s', (format) => {
    const script =
      'mkdir -p "$0/d" && cd "$0" && printf hi > d/file && ln -s file d/link && ' +
      '{ [ "$1" = ustar ] || printf long > "d/$(printf "%0150d" 0)"; } && tar --sort=name --format="$1" -cf - d';
    const directory = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
    const read = readTar(execFileSync('sh', ['-c', script, directory, format]));
    execFileSync('rm', ['-r', directory]);
    const names = read.ok ? read.value.map(({ name, type }) => `${type} ${name}`) : read;
    const longName = format === 'ustar' ? [] : [`file d/${'0'.repeat(150)}`];
    expect(names).toEqual(['directory d', ...longName, 'file d/file', 'symlink d/link']);
  });

  it('refuses a wrong checksum and a truncated entry', () => {
    const archive = Buffer.from(writeTar(entries));
    expect(plain(readTar(archive.subarray(0, 512 + 512 + 5)))).toBe('FORGE-R001');
    archive[0] = 0x62;
    expect(plain(readTar(archive))).toBe('FORGE-R001');
    expect(plain(readTar(Buffer.alloc(1024, 'no tar')))).toBe('FORGE-R001');
  });
});

describe('gzip', () => {
  it('is deterministic and names no platform', () => {
    expect([...gzip(bytes('x')).subarray(0, 10)]).toEqual([31, 139, 8, 0, 0, 0, 0, 0, 2, 255]);
  });

  it('bounds what it unpacks', () => {
    const packed = gzip(Buffer.alloc(10_000));
    expect(gunzip(packed, 10_000)).toMatchObject({ ok: true, value: { length: 10_000 } });
    expect(gunzip(packed, 9_999)).toMatchObject({ problems: [{ code: 'FORGE-R007' }] });
    expect(gunzip(bytes('no gzip'), 100)).toMatchObject({ problems: [{ code: 'FORGE-R001' }] });
  });
});

describe('zip', () => {
  const archive = zipSync({ 'a/b.txt': bytes('hello'), 'a/c/': bytes('') });

  it('reads files and leaves directories out', () => {
    const read = readZip(archive);
    expect(read.ok && [...read.value.keys()]).toEqual(['a/b.txt']);
    expect(read.ok && Buffer.from(read.value.get('a/b.txt') ?? []).toString()).toBe('hello');
  });

  it('bounds what it unpacks', () => {
    expect(readZip(archive, 4)).toMatchObject({ problems: [{ code: 'FORGE-R007' }] });
    expect(readZip(bytes('no zip'))).toMatchObject({ problems: [{ code: 'FORGE-R001' }] });
  });
});

it('digests by all four algorithms', () => {
  expect(digestsOf(bytes('')).map(({ algorithm, value }) => `${algorithm} ${value}`)).toEqual([
    'sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    expect.stringMatching(/^sha512 cf83e1357eef/),
    'sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709',
    'md5 d41d8cd98f00b204e9800998ecf8427e',
  ]);
});
