import { digest, gzip } from '../../../archive';
import {
  cutBodies,
  hostileGzips,
  hostileNames,
  hostileTarGzs,
  hostileTars,
  hostileVersions,
  rawTarGzOf,
  rawTarOf,
  type HostileUpload,
  type HostileUploads,
} from '../../../testing/hostile';

const files = { members: { 'lib/demo.rb': '# one\n', 'README.md': 'two\n' }, root: '' };
const data = rawTarGzOf(files);

function specification(name: string, version: string, further = ''): string {
  return [
    '--- !ruby/object:Gem::Specification',
    `name: ${JSON.stringify(name)}`,
    'version: !ruby/object:Gem::Version',
    `  version: ${JSON.stringify(version)}`,
    'platform: ruby',
    `summary: A demo`,
    further,
    '',
  ].join('\n');
}

const sound = specification('demo', '1.2.0');

/** A gem whose own checksums are right. */
function members(metadata: string | Uint8Array, packedData: Uint8Array) {
  const packed = gzip(Buffer.from(metadata));
  return { 'metadata.gz': packed, 'data.tar.gz': packedData, ...sums(packed, packedData) };
}

function sums(metadata: Uint8Array, packedData: Uint8Array) {
  const lines = [
    ['metadata.gz', metadata],
    ['data.tar.gz', packedData],
  ] as const;
  const text = lines.map(([name, bytes]) => `  ${name}: ${digest('sha256', bytes)}\n`).join('');
  return { 'checksums.yaml.gz': gzip(Buffer.from(`---\nSHA256:\n${text}`)) };
}

function gem(metadata: string | Uint8Array, packedData = data): Uint8Array {
  return rawTarOf({ members: members(metadata, packedData), root: '' });
}

function hostile(what: string, body: Uint8Array): HostileUpload {
  const headers = { 'content-type': 'application/octet-stream' };
  return { what, request: { method: 'POST', path: '/api/v1/gems', headers, body } };
}

/** Bodies of `POST /api/v1/gems` that must not be followed. */
export const hostileUploads: HostileUploads = (random) => {
  const whole = members(sound, data);
  const outer = { members: whole, root: '', manifest: 'metadata.gz' };
  const inner = hostileTarGzs(files, random);
  return [
    ...hostileTars(outer, random).map(({ what, bytes }) => hostile(`outside: ${what}`, bytes)),
    ...inner.map(({ what, bytes }) => hostile(`inside: ${what}`, gem(sound, bytes))),
    ...hostileGzips(Buffer.from(sound), random).map(({ what, bytes }) => {
      const changed = { ...whole, 'metadata.gz': bytes, ...sums(bytes, data) };
      return hostile(`metadata: ${what}`, rawTarOf({ members: changed, root: '' }));
    }),
    ...hostileNames.map((name) =>
      hostile(`the name \`${name}\``, gem(specification(name, '1.2.0'))),
    ),
    ...hostileVersions.map((version) => {
      return hostile(`the version \`${version}\``, gem(specification('demo', version)));
    }),
    ...['metadata.gz', 'data.tar.gz'].map((lost) => {
      const kept = Object.entries(whole).filter(([name]) => name !== lost);
      return hostile(`no ${lost}`, rawTarOf({ members: Object.fromEntries(kept), root: '' }));
    }),
    ...metadata.map(([what, yaml]) => hostile(what, gem(yaml))),
    hostile('wrong checksums', wrongSums(whole)),
    ...cutBodies(hostile('', gem(sound)).request, random, 1024),
  ];
};

function wrongSums(whole: ReturnType<typeof members>): Uint8Array {
  const other = sums(Buffer.from('other'), Buffer.from('other'));
  return rawTarOf({ members: { ...whole, ...other }, root: '' });
}

const bomb = Array.from({ length: 30 }, (_, at) => {
  const before = `*a${at - 1}`;
  return `a${at}: &a${at} [${at === 0 ? 'x' : Array(9).fill(before).join(', ')}]`;
}).join('\n');

const dependency = (name: string) =>
  `dependencies:\n- !ruby/object:Gem::Dependency\n  name: ${JSON.stringify(name)}\n  type: :runtime`;

/** YAML that is no specification, or one of what is no gem. */
const metadata: readonly (readonly [what: string, yaml: string | Uint8Array])[] = [
  ['no metadata', ''],
  ['a text for metadata', '--- hello\n'],
  ['a list for metadata', '- name\n- version\n'],
  ['YAML that is broken', `${sound}\n  : : [`],
  ['aliases of aliases', `${sound}${bomb}\n`],
  ['a list without end', `${sound}x: ${'['.repeat(3000)}`],
  ['lists in lists', `${sound}x: ${'['.repeat(3000)}${']'.repeat(3000)}`],
  ['a name that is a list', sound.replace('"demo"', '[demo]')],
  ['a name that is an object', sound.replace('"demo"', '!ruby/object:Gem::Installer {i: x}')],
  [
    'a version that is a text',
    sound.replace(/version: !ruby[^]*?platform/, 'version: 1.2.0\nplatform'),
  ],
  ['a platform that leads out', sound.replace('platform: ruby', 'platform: ../../x')],
  ['a platform with a blank', sound.replace('platform: ruby', 'platform: "x y"')],
  ['a dependency without a name', sound + dependency('')],
  ['a dependency that leads out', sound + dependency('../core')],
  ['a dependency with a line end', sound + dependency('core\ncore2 1.0')],
  ['a dependency with a comma', sound + dependency('core:>= 1,evil:= 1')],
  ['a summary with a NUL', sound.replace('A demo', '"a\\0b"')],
  ['a summary of half a sign', sound.replace('A demo', '"a\\ud800b"')],
  [
    'metadata that is no UTF-8',
    Buffer.concat([Buffer.from(sound), Buffer.from([0x78, 0x3a, 0x20, 0xc3, 0x28, 0xff])]),
  ],
];
