import { digest, writeMultipart } from '../../../archive';
import {
  cutBodies,
  hostileForms,
  hostileNames,
  hostileTarGzs,
  hostileVersions,
  hostileZips,
  rawTarGzOf,
  withField,
  withoutField,
  type HostileUpload,
  type HostileUploads,
} from '../../../testing/hostile';

const metadata = 'Metadata-Version: 2.1\nName: demo\nVersion: 1.2.0\n';
const root = 'demo-1.2.0/';
const manifest = `${root}PKG-INFO`;
const sdist = { members: { [manifest]: metadata, [`${root}demo.py`]: 'x = 1\n' }, root, manifest };
const wheel = {
  'demo-1.2.0.dist-info/METADATA': metadata,
  'demo/one.py': 'x = 1\n',
  'demo-1.2.0.dist-info/RECORD': '',
};

const fields = { ':action': 'file_upload', protocol_version: '1', name: 'demo', version: '1.2.0' };
const kinds = {
  sdist: { filename: 'demo-1.2.0.tar.gz', filetype: 'sdist', pyversion: 'source' },
  wheel: { filename: 'demo-1.2.0-py3-none-any.whl', filetype: 'bdist_wheel', pyversion: 'py3' },
} as const;

/** As twine sends it, the digest with it. */
function hostile(
  what: string,
  bytes: Uint8Array,
  given: {
    readonly kind?: keyof typeof kinds;
    readonly filename?: string;
    readonly claim?: object;
  } = {},
): HostileUpload {
  const { filename, ...type } = kinds[given.kind ?? 'sdist'];
  const claimed = { ...fields, ...type, sha256_digest: digest('sha256', bytes), ...given.claim };
  const file = { field: 'content', filename: given.filename ?? filename, bytes };
  return { what, request: { method: 'POST', path: '/legacy/', ...writeMultipart(claimed, file) } };
}

/** Forms of `POST /legacy/` that must not be followed. */
export const hostileUploads: HostileUploads = (random) => {
  const tarball = rawTarGzOf(sdist);
  const whole = hostile('', tarball).request;
  const archives = hostileTarGzs(sdist, random);
  const zips = hostileZips(wheel, 'demo-1.2.0.dist-info/METADATA', random);
  return [
    ...archives.map(({ what, bytes }) => hostile(what, bytes)),
    ...zips.map(({ what, bytes }) => hostile(what, bytes, { kind: 'wheel' })),
    ...hostileNames.map((name) => renamed(name, '1.2.0')),
    ...hostileVersions.map((version) => renamed('demo', version)),
    ...filenames.map((filename) => hostile(`the file name \`${filename}\``, tarball, { filename })),
    ...claims.map(([field, value]) => {
      return { what: `\`${field}\` is \`${value}\``, request: withField(whole, field, value) };
    }),
    ...Object.keys({ ...fields, filetype: '', content: '' })
      .filter((field) => field !== 'protocol_version')
      .map((field) => ({ what: `no \`${field}\``, request: withoutField(whole, field) })),
    ...headers.map(([what, text]) => {
      const changed = { ...sdist, members: { ...sdist.members, [manifest]: text } };
      return hostile(what, rawTarGzOf(changed));
    }),
    ...hostileForms(whole, 'content'),
    ...cutBodies(whole, random),
  ];
};

function renamed(name: string, version: string): HostileUpload {
  const text = `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`;
  const members = { [manifest]: text };
  const archive = rawTarGzOf({ members, root });
  const filename = `${name}-${version}.tar.gz`.replace(/["\r\n]/g, '_');
  const what = `the name \`${name}\` and the version \`${version}\``;
  return hostile(what, archive, { filename, claim: { name, version } });
}

const filenames = [
  ...['', '.', '..', 'demo', 'demo-1.2.0', 'demo-1.2.0.zip', 'demo-1.2.0.egg', 'demo-1.2.0.exe'],
  ...[
    '../demo-1.2.0.tar.gz',
    '/etc/demo-1.2.0.tar.gz',
    'a/demo-1.2.0.tar.gz',
    'demo-1.2.0.tar.gz\\x',
  ],
  ...[
    'demo-1.2.0.tar.gz\0',
    'demo-1.2.0.tar.gz.metadata',
    'demo-9.9.9.tar.gz',
    'other-1.2.0.tar.gz',
  ],
  ...[
    'demo-1.2.0-py3-none-any.whl',
    'demo-1.2.0.whl',
    'demo 1.2.0.tar.gz',
    `${'x'.repeat(3000)}.tar.gz`,
  ],
];

const claims = [
  ['name', 'other'],
  ['version', '9.9.9'],
  ['version', '1.2.0+local'],
  ['filetype', 'bdist_wheel'],
  ['filetype', 'bdist_wininst'],
  ['filetype', ''],
  [':action', 'submit'],
  [':action', 'doc_upload'],
  ['sha256_digest', '0'.repeat(64)],
  ['sha256_digest', 'none'],
] as const;

const headers: readonly (readonly [what: string, text: string])[] = [
  ['metadata without a name', 'Metadata-Version: 2.1\nVersion: 1.2.0\n'],
  ['metadata without a version', 'Metadata-Version: 2.1\nName: demo\n'],
  ['metadata of another name', metadata.replace('demo', 'other')],
  ['metadata of another version', metadata.replace('1.2.0', '9.9.9')],
  ['metadata in its description', `\n\n${metadata}`],
  ['a summary with a NUL', `${metadata}Summary: a\0b\n`],
];
