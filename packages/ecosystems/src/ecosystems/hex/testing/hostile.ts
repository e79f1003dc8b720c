import { digest } from '../../../archive';
import {
  cutBodies,
  hostileNames,
  hostileTarGzs,
  hostileTars,
  hostileVersions,
  rawTarGzOf,
  rawTarOf,
  type HostileUpload,
  type HostileUploads,
} from '../../../testing/hostile';

const files = { members: { 'lib/demo.ex': '# one\n', 'mix.exs': '# two\n' }, root: '' };
const contents = rawTarGzOf(files);

function metadataOf(name: string, version: string): string {
  return [
    `{<<"name">>,${binary(name)}}.`,
    `{<<"version">>,${binary(version)}}.`,
    `{<<"app">>,<<"demo">>}.`,
    '{<<"licenses">>,[<<"MIT">>]}.',
    '{<<"requirements">>,[]}.',
    '',
  ].join('\n');
}

/** As Erlang writes any text. */
function binary(text: string): string {
  const codes = Array.from(text, (sign) => sign.codePointAt(0) ?? 0);
  const plain = /^[\w.+-]*$/.test(text);
  return plain
    ? `<<"${text}">>`
    : `<<"${codes.map((each) => `\\x{${each.toString(16)}}`).join('')}"/utf8>>`;
}

const sound = metadataOf('demo', '1.2.0');

/** A tarball whose own checksum is right. */
function members(metadata: string | Uint8Array, packed: Uint8Array, version = '3') {
  const bytes = Buffer.concat([Buffer.from(version), Buffer.from(metadata), packed]);
  return {
    VERSION: version,
    CHECKSUM: digest('sha256', bytes).toUpperCase(),
    'metadata.config': metadata,
    'contents.tar.gz': packed,
  };
}

function tarball(...parts: Parameters<typeof members>): Uint8Array {
  return rawTarOf({ members: members(...parts), root: '' });
}

function hostile(what: string, body: Uint8Array, path = '/api/publish'): HostileUpload {
  const headers = { 'content-type': 'application/octet-stream' };
  return { what, request: { method: 'POST', path, headers, body } };
}

/** Bodies of `POST /publish` that must not be followed. */
export const hostileUploads: HostileUploads = (random) => {
  const whole = members(sound, contents);
  const outer = { members: whole, root: '', manifest: 'metadata.config' };
  const inner = hostileTarGzs(files, random);
  return [
    ...hostileTars(outer, random).map(({ what, bytes }) => hostile(`outside: ${what}`, bytes)),
    ...inner.map(({ what, bytes }) => hostile(`inside: ${what}`, tarball(sound, bytes))),
    ...hostileNames.map((name) =>
      hostile(`the name \`${name}\``, tarball(metadataOf(name, '1.2.0'), contents)),
    ),
    ...hostileVersions.map((version) => {
      return hostile(`the version \`${version}\``, tarball(metadataOf('demo', version), contents));
    }),
    ...Object.keys(whole).map((lost) => {
      const kept = Object.entries(whole).filter(([name]) => name !== lost);
      return hostile(`no ${lost}`, rawTarOf({ members: Object.fromEntries(kept), root: '' }));
    }),
    ...['', '1', '2', '4', '33', '3\n', 'three', '\0'].map((version) => {
      return hostile(`the format \`${version}\``, tarball(sound, contents, version));
    }),
    ...['', '0', '0'.repeat(64), 'Z'.repeat(64)].map((CHECKSUM) => {
      const changed = rawTarOf({ members: { ...whole, CHECKSUM }, root: '' });
      return hostile(`the checksum \`${CHECKSUM}\``, changed);
    }),
    ...terms.map(([what, text]) => hostile(what, tarball(text, contents))),
    hostile(
      'the place of another package',
      tarball(sound, contents),
      '/api/packages/other/releases',
    ),
    ...cutBodies(hostile('', tarball(sound, contents)).request, random, 1024),
  ];
};

/** Metadata that is no list of terms, or of the wrong ones. */
const terms: readonly (readonly [what: string, text: string])[] = [
  ['no terms', ''],
  ['terms without a dot', sound.replaceAll('.\n', '\n')],
  ['a term that never ends', `${sound}{<<"extra">>,${'['.repeat(50_000)}`],
  ['tuples without end', `${sound}{<<"extra">>,${'{'.repeat(5000)}${'}'.repeat(5000)}}.\n`],
  ['a binary that never ends', `${sound}{<<"extra">>,<<"x`],
  ['a call', `${sound}os:cmd("id").\n`],
  ['a fun', `${sound}{<<"extra">>,fun() -> ok end}.\n`],
  ['JSON', '{"name":"demo","version":"1.2.0"}'],
  ['a name that is a number', sound.replace('<<"demo">>', '7')],
  ['a name that is a list', sound.replace('<<"demo">>', '[<<"demo">>]')],
  ['a version that is an atom', sound.replace('<<"1.2.0">>', "'1.2.0'").replace("'1.2.0'", '[]')],
  ['a NUL in the description', `${sound}{<<"description">>,<<"a\\x{0}b">>}.\n`],
  ['requirements of another kind', sound.replace('[]}', '[[{<<"name">>,<<"../x">>}]]}')],
];
