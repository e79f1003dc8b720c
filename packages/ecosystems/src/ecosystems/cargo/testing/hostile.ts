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

const demo = { name: 'demo', vers: '1.2.0' };
const lists = { deps: [], features: {}, authors: [], license: 'MIT' };

function soundCrate({ name, vers }: typeof demo) {
  const root = `${name}-${vers}/`;
  const manifest = `${root}Cargo.toml`;
  const [quoted, version] = [name, vers].map((each) => JSON.stringify(each));
  const text = `[package]\nname = ${quoted}\nversion = ${version}\n`;
  return { members: { [manifest]: text, [`${root}src/lib.rs`]: '// one\n' }, root, manifest };
}

function counted(bytes: string | Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(bytes));
  return Buffer.concat([length, Buffer.from(bytes)]);
}

function hostile(what: string, body: Uint8Array): HostileUpload {
  return { what, request: { method: 'PUT', path: '/api/v1/crates/new', headers: {}, body } };
}

/** Bodies of `PUT /api/v1/crates/new` that must not be followed. */
export const hostileUploads: HostileUploads = (random) => {
  const sound = soundCrate(demo);
  const crate = counted(rawTarGzOf(sound));
  const claim = { ...demo, ...lists };
  const text = JSON.stringify(claim);
  const claims = (what: string, json: string | Uint8Array) =>
    hostile(what, Buffer.concat([counted(json), crate]));
  const archives = hostileTarGzs(sound, random);
  return [
    ...archives.map(({ what, bytes }) =>
      hostile(what, Buffer.concat([counted(text), counted(bytes)])),
    ),
    ...hostileNames.map((name) => renamed({ ...demo, name })),
    ...hostileVersions.map((vers) => renamed({ ...demo, vers })),
    ...brokenDocuments(text, random).map(([what, json]) => claims(what, json)),
    ...mistyped(claim, ['name', 'vers', 'deps', 'features']).map(([what, json]) =>
      claims(what, json),
    ),
    ...dependencies.map((dep) => {
      return claims(
        `the dependency ${JSON.stringify(dep)}`,
        JSON.stringify({ ...claim, deps: [dep] }),
      );
    }),
    claims('another name than inside', JSON.stringify({ ...claim, name: 'other' })),
    claims('another version than inside', JSON.stringify({ ...claim, vers: '9.9.9' })),
    ...lengths(Buffer.concat([counted(text), crate]), text.length),
    ...cutBodies(hostile('', Buffer.concat([counted(text), crate])).request, random),
  ];
};

function renamed(of: typeof demo): HostileUpload {
  const crate = rawTarGzOf(soundCrate(of));
  const json = JSON.stringify({ ...of, ...lists });
  const body = Buffer.concat([counted(json), counted(crate)]);
  return hostile(`the name \`${of.name}\` and the version \`${of.vers}\``, body);
}

const dependencies = [
  ...[
    {},
    { name: 'core' },
    { version_req: '1' },
    { name: 1, version_req: '1' },
    'core',
    null,
    7,
    [],
  ],
  ...[
    { name: 'core', version_req: '*' },
    { name: 'core', version_req: 'latest' },
  ],
  ...[
    { name: 'core', version_req: ['1'] },
    { name: '../core', version_req: '1' },
  ],
  ...[
    { name: 'co re', version_req: '1' },
    { name: 'core', version_req: '1', explicit_name_in_toml: 'a b' },
  ],
  { name: 'core', version_req: '1', features: 'all' },
  { name: 'core', version_req: '1', kind: 'sometimes' },
  { name: 'core', version_req: '1', target: 7 },
];

/** Lengths that are not those of what stands behind them. */
function lengths(body: Buffer, jsonLength: number): HostileUpload[] {
  const at = (offset: number, value: number): Uint8Array => {
    const copy = Buffer.from(body);
    copy.writeUInt32LE(value >>> 0, offset);
    return copy;
  };
  const values = [0, 1, jsonLength - 1, jsonLength + 1, 0x7fffffff, 0x80000000, 0xffffffff];
  return [
    ...values.map((value) => hostile(`metadata of ${value} bytes`, at(0, value))),
    ...values.map((value) => hostile(`a crate of ${value} bytes`, at(4 + jsonLength, value))),
    hostile('bytes behind the crate', Buffer.concat([body, Buffer.from('more')])),
    hostile('a crate and no metadata', body.subarray(4 + jsonLength)),
    hostile('metadata and no crate', body.subarray(0, 4 + jsonLength)),
  ];
}
