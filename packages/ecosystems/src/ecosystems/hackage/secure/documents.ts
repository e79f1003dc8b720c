import { digest, gzip, writeTar } from '../../../archive';
import type { WireContext, WireLog } from '../../../model';
import type { Signable } from './canonical-json';
import { signedBy, signingKey, type SigningKey } from './signing-key';

/** What cabal trusts a repository by, from the key that its configuration names down to the index. */
export interface SecureDocuments {
  readonly root: string;
  readonly mirrors: string;
  readonly snapshot: string;
  readonly timestamp: string;
}

export interface PackedIndex {
  readonly tar: Uint8Array;
  readonly gz: Uint8Array;
  /** What the snapshot says of both: of a large index, digests take a while. */
  readonly described: Readonly<Record<string, Signable>>;
}

const packed = new WeakMap<WireLog['entries'], PackedIndex>();

/** The tar only ever grows at its end, in front of the two blank blocks; cabal asks for what it lacks. */
export function packIndex({ entries }: WireLog): PackedIndex {
  const known = packed.get(entries);
  if (known) return known;
  const tar = writeTar(
    entries.map(({ path, content, at }) => {
      const mtime = Math.floor(Date.parse(at) / 1000);
      return { name: path, type: 'file', mode: 0o644, content, mtime };
    }),
  );
  const gz = gzip(tar);
  const described = {
    '<repo>/01-index.tar': describe(tar),
    '<repo>/01-index.tar.gz': describe(gz),
  };
  const index = { tar, gz, described };
  packed.set(entries, index);
  return index;
}

/** The roles of hackage-security 0.6; all are of one key. */
const roles = ['mirrors', 'root', 'snapshot', 'targets', 'timestamp'];
/** As on the public server: an older index than this is taken for one that somebody holds back. */
const freshDays = 3;

export function secureDocuments(log: WireLog, { keys }: WireContext): SecureDocuments {
  const key = signingKey(keys.rsaPrivate);
  const signed = (document: Signable) => signedBy([key], document);
  const root = rootDocument(key, (keys.previous ?? []).map(signingKey));
  const mirrors = signed({ _type: 'Mirrorlist', expires: null, mirrors: [], version: 1 });
  // Never lower than one that somebody has seen: nothing is taken out of the log.
  const dated = { expires: expiryAfter(log.now), version: log.entries.length + 1 };
  const snapshot = signed({
    _type: 'Snapshot',
    ...dated,
    meta: {
      ...packIndex(log).described,
      '<repo>/mirrors.json': describe(Buffer.from(mirrors)),
      '<repo>/root.json': describe(Buffer.from(root)),
    },
  });
  const meta = { '<repo>/snapshot.json': describe(Buffer.from(snapshot)) };
  return { root, mirrors, snapshot, timestamp: signed({ _type: 'Timestamp', ...dated, meta }) };
}

/**
 * Only the newest key has a role. The older ones sign the root alone: whoever trusts one of them, by an older root or
 * by its configuration, takes the new root from it. All that sign have to be described (hackage-security 0.6).
 */
function rootDocument(key: SigningKey, previous: readonly SigningKey[]): string {
  const role = { keyids: [key.id], threshold: 1 };
  const all = [...previous, key];
  return signedBy(all, {
    _type: 'Root',
    expires: null,
    keys: Object.fromEntries(all.map(({ id, described }) => [id, described])),
    roles: Object.fromEntries(roles.map((name) => [name, role])),
    version: all.length,
  });
}

/** A whole day, so that within it the same index has the same documents, whichever server signs them. */
function expiryAfter(now: string): string {
  const midnight = Date.parse(`${now.slice(0, 10)}T00:00:00Z`);
  const expires = new Date(midnight + (freshDays + 1) * 86_400_000);
  return expires.toISOString().replace('.000Z', 'Z');
}

function describe(bytes: Uint8Array): Signable {
  return {
    hashes: { md5: digest('md5', bytes), sha256: digest('sha256', bytes) },
    length: bytes.length,
  };
}
