import { digest } from '../../../archive';
import { tarGzOf } from '../../../testing/archives';

/** A tarball as `npm pack` lays it out. */
export function packTarball(files: Readonly<Record<string, string>>): Uint8Array {
  const entries = Object.entries(files).map(([name, text]) => [`package/${name}`, text] as const);
  return tarGzOf(Object.fromEntries(entries));
}

/** The body of a publish as npm 11 sends it. */
export function publishBody(
  manifest: { readonly name: string; readonly version: string },
  tarball: Uint8Array,
  tag = 'latest',
): object {
  const { name, version } = manifest;
  const dist = {
    integrity: `sha512-${Buffer.from(digest('sha512', tarball), 'hex').toString('base64')}`,
    shasum: digest('sha1', tarball),
    tarball: `http://elsewhere.example/${name}/-/${name}-${version}.tgz`,
  };
  const data = Buffer.from(tarball).toString('base64');
  return {
    _id: name,
    name,
    'dist-tags': { [tag]: version },
    versions: { [version]: { ...manifest, _id: `${name}@${version}`, dist } },
    access: null,
    _attachments: {
      [`${name}-${version}.tgz`]: {
        content_type: 'application/octet-stream',
        data,
        length: tarball.length,
      },
    },
  };
}
