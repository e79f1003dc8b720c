import type { HostileBytes } from './hostile-upload';
import { gnuName, pax, rawTar, type RawEntry } from './raw-tar';

/** A sound archive, to be spoilt. */
export interface SoundTar {
  readonly members: Readonly<Record<string, string | Uint8Array>>;
  /** The directory that all members stand in, with a slash; empty for none. */
  readonly root: string;
  /** The member without which it is no package. */
  readonly manifest?: string;
}

/** Tars that lead out of their directory, hold what is no file, say two things at once or end too early. */
export function hostileTars(sound: SoundTar, random: () => number): HostileBytes[] {
  const spoilt = [
    ...[...outside(sound), ...links(sound), ...endless(sound)],
    ...[...twice(sound), ...sizes(sound)],
  ];
  const kept = entriesOf(sound);
  return [
    ...spoilt.map(([what, entries]) => ({ what, bytes: rawTar([...kept, ...entries]) })),
    ...withoutManifest(sound).map(([what, entries]) => ({ what, bytes: rawTar(entries) })),
    ...broken(sound, random),
  ];
}

type Spoilt = readonly [what: string, entries: readonly RawEntry[]];

export function rawTarOf(tar: SoundTar): Uint8Array {
  return rawTar(entriesOf(tar));
}

function entriesOf({ members }: SoundTar): RawEntry[] {
  return Object.entries(members).map(([name, content]) => ({ name, content }));
}

function outside({ root }: SoundTar): Spoilt[] {
  const names = [
    ...['../escape', '..', '/etc/passwd', '//host/share', '/', 'C:\\windows\\x', 'C:/windows/x'],
    ...[`${root}../escape`, `${root}a/../../../escape`, `${root}..`, `${root}a/..`],
    ...[`${root}..\\escape`, '..\\..\\escape', `${root}a\\..\\..\\escape`, './../escape'],
  ];
  return names.flatMap((name): Spoilt[] => [
    [`a member \`${name}\``, [{ name, content: 'x' }]],
    [`a pax member \`${name}\``, [pax('path', name), { name: `${root}fine`, content: 'x' }]],
    [`a GNU member \`${name}\``, [gnuName(name), { name: `${root}fine`, content: 'x' }]],
    [`a directory \`${name}\``, [{ name: `${name}/`, type: '5' }]],
  ]);
}

function links({ root }: SoundTar): Spoilt[] {
  const targets = ['/etc/passwd', '../../../etc/passwd', '..\\..\\secret', '../..', 'a/../../../x'];
  const name = `${root}link`;
  return [
    ...targets.flatMap((linkname): Spoilt[] => [
      [`a symlink to \`${linkname}\``, [{ name, type: '2', linkname }]],
      [`a hard link to \`${linkname}\``, [{ name, type: '1', linkname }]],
      [`a pax symlink to \`${linkname}\``, [pax('linkpath', linkname), { name, type: '2' }]],
    ]),
    [
      'a file behind a link',
      [
        { name, type: '2', linkname: '..' },
        { name: `${name}/x`, content: 'x' },
      ],
    ],
    [
      'a link that leads out through another one',
      [
        { name: `${root}deep/up`, type: '2', linkname: root === '' ? '..' : '../..' },
        { name, type: '2', linkname: 'deep/up/../x' },
      ],
    ],
    ['a character device', [{ name, type: '3' }]],
    ['a block device', [{ name, type: '4' }]],
    ['a FIFO', [{ name, type: '6' }]],
    ['a type that nobody knows', [{ name, type: 'Q' }]],
  ];
}

/** Paths over which a reader that takes them step by step would never be done. */
function endless({ root }: SoundTar): Spoilt[] {
  const name = `${root}fine`;
  const long = `${'a/'.repeat(32_000)}x`;
  const links = Array.from({ length: 30 }, (_, index) => [
    pax('path', `${root}${index}/${'a/'.repeat(1900)}l`),
    { name, type: '2', linkname: 'x' },
  ]);
  return [
    ['a pax member of 64 KB', [pax('path', `${root}${long}`), { name, content: 'x' }]],
    ['a GNU member of 64 KB', [gnuName(`${root}${long}`), { name, content: 'x' }]],
    ['64 KB of slashes', [gnuName(`${root}a${'/'.repeat(64_000)}x`), { name, content: 'x' }]],
    ['a symlink to 64 KB', [pax('linkpath', long), { name, type: '2' }]],
    ['a hard link to 64 KB', [pax('linkpath', `${root}${long}`), { name, type: '1' }]],
    ['links with more directories than any package has', links.flat()],
  ];
}

function twice({ root, manifest, members }: SoundTar): Spoilt[] {
  const other = Object.keys(members).find((each) => each !== manifest) ?? `${root}other`;
  return [manifest, other].flatMap((name): Spoilt[] =>
    name === undefined
      ? []
      : [
          [`\`${name}\` twice`, [{ name, content: 'other' }]],
          [`\`${name}\` twice by pax`, [pax('path', name), { name: `${root}x`, content: 'other' }]],
          [`\`${name}\` a second time as ./`, [{ name: `./${name}`, content: 'other' }]],
        ],
  );
}

function sizes({ root }: SoundTar): Spoilt[] {
  const name = `${root}large`;
  const base256 = (...bytes: number[]) =>
    Buffer.from([...bytes, ...Array<number>(12 - bytes.length).fill(0xff)]);
  return [
    ['a size beyond the end', [{ name, size: '77777777777\0' }]],
    ['a size that is no number', [{ name, size: '00000zzzzzz\0' }]],
    ['a size of 2^94', [{ name, size: base256(0x80, 0x7f) }]],
    ['a negative size', [{ name, size: base256(0xff) }]],
    ['a negative pax size', [pax('size', '-512'), { name }]],
    ['a pax size that is no number', [pax('size', 'much'), { name }]],
    ['a pax size without end', [pax('size', '9'.repeat(400)), { name }]],
    ['a name with a NUL', [pax('path', `${root}a\0b`), { name, content: 'x' }]],
    [
      'a name that is no UTF-8',
      [{ name: Buffer.from([...Buffer.from(root), 0xc3, 0x28, 0xff]), content: 'x' }],
    ],
    ['a header with a wrong checksum', [{ name, checksum: '0001234\0' }]],
    ['a header without a checksum', [{ name, checksum: '        ' }]],
  ];
}

function withoutManifest(sound: SoundTar): Spoilt[] {
  const { manifest, members } = sound;
  if (manifest === undefined) return [];
  const others = entriesOf(sound).filter(({ name }) => name !== manifest);
  const text = members[manifest] ?? '';
  const as = (entry: Omit<RawEntry, 'name'>): RawEntry[] => [
    { name: manifest, ...entry },
    ...others,
  ];
  return [
    ['no members', []],
    ['no manifest', others],
    ['an empty manifest', as({ content: '' })],
    ['a manifest of NULs', as({ content: Buffer.alloc(600) })],
    ['a manifest of other bytes', as({ content: Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x80]) })],
    ['a manifest that is an archive', as({ content: rawTarOf(sound) })],
    ['a manifest that is a directory', as({ type: '5' })],
    ['a manifest that is a symlink', as({ type: '2', linkname: 'elsewhere' })],
    ['a manifest that is a FIFO', as({ type: '6' })],
    ['an archive in an archive', [{ name: 'inner.tar', content: rawTarOf(sound) }]],
    ['a manifest of another name', [{ name: `${manifest}.orig`, content: text }, ...others]],
    ['a manifest too deep', [{ name: `deep/down/${manifest}`, content: text }, ...others]],
  ];
}

function broken(sound: SoundTar, random: () => number): HostileBytes[] {
  const whole = rawTar(entriesOf(sound), 0);
  const cuts = Array.from({ length: 8 }, () => 1 + Math.floor(random() * (whole.length - 1)));
  return [
    { what: 'a text', bytes: Buffer.from('this is no archive at all'.repeat(40)) },
    ...cuts
      // At the end of an entry there is nothing to see.
      .filter((at) => at % 512 !== 0)
      .map((at) => ({ what: `an archive cut at ${at}`, bytes: whole.subarray(0, at) })),
  ];
}
