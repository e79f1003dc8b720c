import { writeMultipart } from '../../../archive';
import {
  cutBodies,
  hostileForms,
  hostileNames,
  hostileTarGzs,
  hostileVersions,
  rawTarGzOf,
  type HostileUpload,
  type HostileUploads,
} from '../../../testing/hostile';

const demo = { name: 'demo', version: '1.2.0' };

function soundSdist({ name, version }: typeof demo, further = '') {
  const root = `${name}-${version}/`;
  const manifest = `${root}${name}.cabal`;
  const text = `cabal-version: 2.4\nname: ${name}\nversion: ${version}\n${further}`;
  return {
    members: { [manifest]: text, [`${root}src/Demo.hs`]: 'module Demo where\n' },
    root,
    manifest,
  };
}

function hostile(what: string, bytes: Uint8Array, filename = 'demo-1.2.0.tar.gz'): HostileUpload {
  const form = writeMultipart({}, { field: 'package', filename, bytes });
  return { what, request: { method: 'POST', path: '/upload', ...form } };
}

/** Forms of `POST /upload` that must not be followed. */
export const hostileUploads: HostileUploads = (random) => {
  const sound = soundSdist(demo);
  const tarball = rawTarGzOf(sound);
  const whole = hostile('', tarball).request;
  const archives = hostileTarGzs(sound, random);
  return [
    ...archives.map(({ what, bytes }) => hostile(what, bytes)),
    ...hostileNames.map((name) => renamed({ ...demo, name })),
    ...hostileVersions.map((version) => renamed({ ...demo, version })),
    ...descriptions.map(([what, text]) => {
      return hostile(what, rawTarGzOf(described(text)));
    }),
    ...filenames.map((name) => hostile(`the file name \`${name}\``, tarball, name)),
    hostile('a revision', rawTarGzOf(soundSdist(demo, 'x-revision: 1\n'))),
    hostile('a candidate', rawTarGzOf(soundSdist(demo, 'x-release-candidate: rc.1\n'))),
    ...hostileForms(whole, 'package'),
    ...cutBodies(whole, random),
  ];
};

function renamed(of: typeof demo): HostileUpload {
  const { name, version } = of;
  const archive = rawTarGzOf(soundSdist(of));
  return hostile(`the name \`${name}\` and the version \`${version}\``, archive);
}

function described(text: string) {
  const sound = soundSdist(demo);
  return { ...sound, members: { ...sound.members, [sound.manifest]: text } };
}

const descriptions = [
  ['no fields', '-- nothing\n'],
  ['no version', 'name: demo\n'],
  ['no name', 'version: 1.2.0\n'],
  ['another name inside', 'name: other\nversion: 1.2.0\n'],
  ['another version inside', 'name: demo\nversion: 9.9\n'],
  ['a NUL in the description', 'name: demo\nversion: 1.2.0\nsynopsis: a\0b\n'],
  [
    'braces that never close',
    `name: demo\nversion: 1.2.0\nlibrary {${'if flag(x) {'.repeat(5000)}`,
  ],
  ['JSON', '{"name":"demo","version":"1.2.0"}'],
] as const;

const filenames = [
  ...['other-1.2.0.tar.gz', 'demo-9.9.tar.gz', '../demo-1.2.0.tar.gz', '/etc/passwd', 'demo.zip'],
  ...['', '.', 'demo-1.2.0.tar.gz\\..', 'demo-1.2.0', 'x'.repeat(3000)],
];
