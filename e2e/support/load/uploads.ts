import { createHash } from 'node:crypto';
import { writeMultipart } from '../../../packages/ecosystems/src/archive';
import { tarGzOf } from '../../../packages/ecosystems/src/testing/archives';

/** An upload as a native tool would send it, and what has to be there afterwards. */
export interface Upload {
  readonly ecosystem: string;
  readonly name: string;
  readonly version: string;
  /** Of the only file. */
  readonly sha256: string;
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

type Make = (name: string, version: string) => Upload;

const digest = (algorithm: string, bytes: Uint8Array): string =>
  createHash(algorithm).update(bytes).digest('hex');

/** Incompressible, so that what is stored is as large as what is said: enough for a write to be cut. */
function filling(name: string, version: string): string {
  let text = `${name} ${version}\n`;
  for (let i = 0; text.length < 40_000; i += 1) text += digest('sha512', Buffer.from(text + i));
  return text;
}

const crate: Make = (name, version) => {
  const bytes = tarGzOf({
    [`${name}-${version}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "${version}"\n`,
    [`${name}-${version}/src/lib.rs`]: filling(name, version),
  });
  const claim = { name, vers: version, deps: [], features: {}, authors: [], license: 'MIT' };
  return {
    ...{ ecosystem: 'cargo', name, version, sha256: digest('sha256', bytes) },
    ...{ method: 'PUT', path: '/cargo/api/v1/crates/new', headers: {} },
    body: Buffer.concat([counted(Buffer.from(JSON.stringify(claim))), counted(bytes)]),
  };
};

const tarball: Make = (name, version) => {
  const manifest = { name, version };
  const bytes = tarGzOf({
    'package/package.json': JSON.stringify(manifest),
    'package/index.js': filling(name, version),
  });
  const filename = `${name}-${version}.tgz`;
  const dist = {
    tarball: `http://localhost/npm/${name}/-/${filename}`,
    shasum: digest('sha1', bytes),
    integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
  };
  const body = {
    _id: name,
    name,
    'dist-tags': { latest: version },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
    _attachments: {
      [filename]: {
        content_type: 'application/octet-stream',
        data: Buffer.from(bytes).toString('base64'),
        length: bytes.length,
      },
    },
  };
  return {
    ...{ ecosystem: 'npm', name, version, sha256: digest('sha256', bytes) },
    ...{ method: 'PUT', path: `/npm/${name}` },
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
  };
};

const sdist: Make = (name, version) => {
  const filename = `${name}-${version}.tar.gz`;
  const bytes = tarGzOf({
    [`${name}-${version}/PKG-INFO`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${name}-${version}/${name}.py`]: filling(name, version),
  });
  const fields = {
    ...{ ':action': 'file_upload', protocol_version: '1', name, version },
    ...{ filetype: 'sdist', pyversion: 'source', metadata_version: '2.1' },
    sha256_digest: digest('sha256', bytes),
  };
  return {
    ...{ ecosystem: 'pypi', name, version, sha256: digest('sha256', bytes) },
    ...{ method: 'POST', path: '/pypi/legacy/' },
    ...writeMultipart(fields, { field: 'content', filename, bytes }),
  };
};

/** Three protocols: bytes framed, in JSON and in a form. */
export const makers: readonly Make[] = [crate, tarball, sdist];

function counted(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}
