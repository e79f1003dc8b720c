import {
  brokenDocuments,
  cutBodies,
  hostileNames,
  hostileTarGzs,
  hostileVersions,
  mistyped,
  rawTarGzOf,
  type HostileUpload,
  type HostileUploads,
} from '../../../testing/hostile';
import { publishBody } from './tarball';

const demo = { name: 'demo', version: '1.2.0' };

function members(manifest: object) {
  return { 'package/package.json': JSON.stringify(manifest), 'package/index.js': '1;\n' };
}

const sound = { members: members(demo), root: 'package/', manifest: 'package/package.json' };

/** What npm 11 would send, were its tarball this one. */
function send(tarball: Uint8Array, of = demo): object {
  return publishBody(of, tarball);
}

function hostile(what: string, body: object | string | Uint8Array, name = 'demo'): HostileUpload {
  const isDocument = typeof body === 'object' && !(body instanceof Uint8Array);
  const bytes = Buffer.from(isDocument ? JSON.stringify(body) : body);
  const headers = { 'content-type': 'application/json' };
  return { what, request: { method: 'PUT', path: `/${encode(name)}`, headers, body: bytes } };
}

/** Half of a surrogate pair cannot stand in a URL. */
function encode(name: string): string {
  return encodeURIComponent(name.replace(/\p{Surrogate}/gu, '_')) || 'demo';
}

/** Documents of `PUT /<name>` that must not be followed. */
export const hostileUploads: HostileUploads = (random) => {
  const tarball = rawTarGzOf(sound);
  const whole = send(tarball) as { [key: string]: never };
  const text = JSON.stringify(whole);
  const inside = '"_id":"demo@1.2.0"';
  const having = (member: string) => text.replace(inside, `${inside},${member}`);
  const archives = hostileTarGzs(sound, random);
  return [
    ...archives.map(({ what, bytes }) => hostile(what, send(bytes))),
    ...hostileNames.map((name) => renamed({ ...demo, name })),
    ...hostileVersions.map((version) => renamed({ ...demo, version })),
    ...brokenDocuments(text, random, having).map(([what, body]) => hostile(what, body)),
    ...mistyped(whole, ['name', 'versions', '_attachments']).map(([what, body]) =>
      hostile(what, body),
    ),
    ...contradictions(whole),
    ...cutBodies(hostile('', text).request, random),
  ];
};

/** Everything says the same, and it is nothing that could be published. */
function renamed(of: typeof demo): HostileUpload {
  const tarball = rawTarGzOf({ members: members(of), root: '' });
  const { name, version } = of;
  return hostile(`the name \`${name}\` and the version \`${version}\``, send(tarball, of), name);
}

/** What the document says of its tarball is wrong. */
function contradictions(whole: { readonly [key: string]: never }): HostileUpload[] {
  const file = 'demo-1.2.0.tgz';
  const { _attachments, versions } = whole as unknown as {
    _attachments: Record<string, object>;
    versions: Record<string, { dist: object }>;
  };
  const attached = (change: object) => ({
    ...whole,
    _attachments: { [file]: { ..._attachments[file], ...change } },
  });
  const manifest = (change: object) => ({
    ...whole,
    versions: { '1.2.0': { ...versions['1.2.0'], ...change } },
  });
  const dist = (change: object) => manifest({ dist: { ...versions['1.2.0']?.dist, ...change } });
  return [
    hostile('another length', attached({ length: 1 })),
    hostile('no data', attached({ data: null })),
    hostile('data that is no base64', attached({ data: '!!!!', length: undefined })),
    hostile('data of a list', attached({ data: [1, 2, 3] })),
    hostile('another integrity', dist({ integrity: 'sha512-AAAA' })),
    hostile('another shasum', dist({ shasum: '0'.repeat(40) })),
    hostile('another name inside', manifest({ name: 'other' })),
    hostile('another version inside', manifest({ version: '9.9.9' })),
    hostile('two versions', { ...whole, versions: { ...versions, '1.2.1': versions['1.2.0'] } }),
    hostile('no version', { ...whole, versions: {} }),
    hostile('two tarballs', { ...whole, _attachments: { ..._attachments, 'b.tgz': {} } }),
    hostile('no tarball', { ...whole, _attachments: {} }),
    hostile('the name of another package', whole, 'other'),
    hostile('a tag with a NUL', { ...whole, 'dist-tags': { 'a\0b': '1.2.0' } }),
    hostile('a tag of half a sign', { ...whole, 'dist-tags': { '\ud800': '1.2.0' } }),
  ];
}
