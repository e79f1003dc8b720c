import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import {
  packTarball,
  publishBody,
} from '../../../packages/ecosystems/src/ecosystems/npm/testing/tarball';
import { writeMultipart } from '../../../packages/ecosystems/src/archive';
import { tarGzOf } from '../../../packages/ecosystems/src/testing/archives';

/** A request that publishes, below the base of its protocol. */
export interface Upload {
  readonly method: 'PUT' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Small packages of a few KB, so that it is the server that is measured and not the disk. */
export type MakeUpload = (name: string, version: string) => Upload;

const text = (name: string, version: string): string =>
  Array.from({ length: 40 }, (_, line) => {
    return createHash('sha256').update(`${name} ${version} ${line}`).digest('hex');
  }).join('\n');

export const npmUpload: MakeUpload = (name, version) => {
  const manifest = { name, version, description: 'of the benchmark' };
  const tarball = packTarball({
    'package.json': JSON.stringify(manifest),
    'index.js': `// ${text(name, version)}\n`,
  });
  const body = Buffer.from(JSON.stringify(publishBody(manifest, tarball)));
  return { method: 'PUT', headers: { 'content-type': 'application/json' }, body };
};

export const wheelUpload: MakeUpload = (name, version) => {
  const info = `${name}-${version}.dist-info`;
  const files = {
    [`${name}.py`]: `"""${text(name, version)}"""\n`,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n`,
    [`${info}/RECORD`]: '',
  };
  const entries = Object.entries(files).map(([file, content]) => [file, Buffer.from(content)]);
  const bytes = zipSync(Object.fromEntries(entries), { mtime: '2026-01-01' });
  const fields = {
    ...{ ':action': 'file_upload', protocol_version: '1', name, version },
    ...{ filetype: 'bdist_wheel', pyversion: 'py3', metadata_version: '2.1' },
    sha256_digest: createHash('sha256').update(bytes).digest('hex'),
  };
  const filename = wheelFilename(name, version);
  return { method: 'POST', ...writeMultipart(fields, { field: 'content', filename, bytes }) };
};

export function wheelFilename(name: string, version: string): string {
  return `${name}-${version}-py3-none-any.whl`;
}

export const crateUpload: MakeUpload = (name, version) => {
  const crate = tarGzOf({
    [`${name}-${version}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "${version}"\n`,
    [`${name}-${version}/src/lib.rs`]: `// ${text(name, version).replaceAll('\n', '\n// ')}\n`,
  });
  const claim = {
    ...{ name, vers: version, deps: [], features: {}, authors: [], license: 'MIT' },
    ...{ description: 'of the benchmark', documentation: null, homepage: null, readme: null },
    ...{ readme_file: null, keywords: [], categories: [], license_file: null, repository: null },
    ...{ badges: {}, links: null },
  };
  const body = Buffer.concat([counted(Buffer.from(JSON.stringify(claim))), counted(crate)]);
  return { method: 'PUT', headers: {}, body };
};

function counted(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  return Buffer.concat([length, bytes]);
}
