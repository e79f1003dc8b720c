import { createHash, generateKeyPairSync } from 'node:crypto';
import { digestsOf } from '../archive';
import {
  ok,
  type Ecosystem,
  type HttpRequest,
  type HttpResponse,
  type PackageChange,
  type Result,
  type StoredFile,
  type StoredPackage,
  type StoredVersion,
  type WireContext,
  type WireRequest,
  type WireResponse,
  type WireRoute,
  type WireUpload,
} from '../model';
import { applyChange } from './apply-change';

/** Who sends every request, and owns what is published. */
const tester = 'tester';
/** When everything happens. */
const now = '2026-01-02T03:04:05.000Z';

/** A registry without sockets, tokens or storage: interprets the routes of one ecosystem over a map. */
export interface WireServer {
  readonly baseUrl: string;
  /** Takes absolute URLs below `baseUrl`, as `remote` makes them. */
  send(request: SentRequest): HttpResponse;
}

type SentRequest = Pick<HttpRequest, 'method' | 'url' | 'headers'> & {
  readonly body?: string | Uint8Array;
};

let made: WireContext['keys'] | undefined;

/** Made when something is signed first: it takes long, and most suites sign nothing. */
function keys(): WireContext['keys'] {
  if (made) return made;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  made = { rsaPrivate: privateKey, rsaPublic: publicKey };
  return made;
}

export function createWireServer(ecosystem: Ecosystem, root: string): WireServer {
  const packages = new Map<string, StoredPackage>();
  const blobs = new Map<string, Uint8Array>();
  const context: WireContext = {
    baseUrl: `${root}${ecosystem.prefix}`,
    get keys() {
      return keys();
    },
    user: tester,
  };

  function answer(route: WireRoute, request: WireRequest): WireResponse {
    switch (route.kind) {
      case 'static':
        return route.respond(request, context);
      case 'whoami': {
        const owned = route.withPackages ? [...packages.values()].map(({ name }) => name) : [];
        return route.respond(request, context, owned);
      }
      case 'user':
        return route.respond(route.userName(request) === tester, request, context);
      case 'package':
        return route.respond(
          packages.get(ecosystem.normalizeName(route.packageName(request))),
          request,
          context,
        );
      case 'index':
        return route.respond([...packages.values()], request, context);
      case 'log': {
        const at = '2026-01-02T03:04:05.000Z';
        const entries = route.facts([...packages.values()], []).map((fact) => ({ ...fact, at }));
        return route.respond({ entries, now: at }, request, context);
      }
      case 'search': {
        const { text } = route.search(request);
        const found = [...packages.values()].filter(({ name }) => name.includes(text));
        return route.respond({ packages: found, total: found.length }, request, context);
      }
      case 'file': {
        const { filename, packageName } = route.file(request);
        const body = findFile(filename, packageName);
        return body ? { status: 200, body } : route.respond(request, context);
      }
      case 'publish': {
        const upload = route.parse(request);
        if (!upload.ok) return refuse(upload.problems);
        store(upload.value);
        return route.respond(upload.value, request, context);
      }
      case 'attach': {
        const attachment = route.parse(request);
        if (!attachment.ok) return refuse(attachment.problems);
        const { name, version, filename, bytes } = attachment.value;
        const file = storedFile(filename, bytes);
        blobs.set(file.sha256, bytes);
        const done = (): WireResponse => route.respond(request, context);
        return change(name, () => ok([{ kind: 'attach', version, file }]), done);
      }
      case 'change':
        return change(
          route.packageName(request),
          (found) => route.changes(found, request, now),
          () => route.respond(request, context),
        );
      case 'sign-in':
      case 'token':
        return ecosystem.wire.refuse({ kind: 'forbidden', message: 'one user, one token' });
    }
  }

  function change(
    name: string,
    asked: (found: StoredPackage) => Result<readonly PackageChange[]>,
    done: () => WireResponse,
  ): WireResponse {
    const key = ecosystem.normalizeName(name);
    const found = packages.get(key);
    if (!found) return ecosystem.wire.refuse({ kind: 'not-found', message: 'no such package' });
    const changes = asked(found);
    if (!changes.ok) return refuse(changes.problems);
    packages.set(key, changes.value.reduce(applyChange, found));
    return done();
  }

  function refuse(problems: readonly { readonly what: string }[]): WireResponse {
    const message = problems.map(({ what }) => what).join('; ');
    return ecosystem.wire.refuse({ kind: 'invalid', message });
  }

  function findFile(filename: string, packageName?: string): Uint8Array | undefined {
    const only = packageName === undefined ? undefined : ecosystem.normalizeName(packageName);
    for (const [name, { versions }] of packages)
      if (only === undefined || only === name)
        for (const file of versions.flatMap(({ files, attachments = [] }) => [
          ...files,
          ...attachments,
        ]))
          if (file.filename === filename) return blobs.get(file.sha256);
    return undefined;
  }

  function store(upload: WireUpload): void {
    const key = ecosystem.normalizeName(upload.name);
    const found = packages.get(key) ?? {
      name: upload.name,
      versions: [],
      tags: {},
      owners: [tester],
    };
    for (const { bytes } of upload.files) blobs.set(sha256(bytes), bytes);
    packages.set(key, {
      ...found,
      versions: [...found.versions, storedVersion(upload)],
      tags: { ...found.tags, ...upload.tags },
    });
  }

  return {
    baseUrl: context.baseUrl,
    send(http) {
      const url = new URL(http.url);
      const raw = http.url.slice(context.baseUrl.length).split(/[?#]/, 1)[0] ?? '';
      if (!http.url.startsWith(context.baseUrl)) throw new Error(`${http.url} leaves the server`);
      const segments = raw.replace(/^\//, '').split('/').map(decodeURIComponent);
      for (const route of ecosystem.wire.routes) {
        const params = route.method === http.method ? match(route.path, segments) : undefined;
        if (!params) continue;
        const request = {
          method: http.method,
          path: `/${segments.join('/')}`,
          params,
          query: Object.fromEntries(url.searchParams),
          headers: lowerCase(http.headers ?? {}),
          body: Buffer.from(http.body ?? ''),
        };
        if (route.accepts && !route.accepts(request)) continue;
        return toHttp(answer(route, request));
      }
      return { status: 404, headers: {}, body: Buffer.from('no such route') };
    },
  };
}

function storedVersion({ version, metadata, files }: WireUpload): StoredVersion {
  return {
    version,
    metadata,
    yanked: false,
    publishedAt: now,
    files: files.map(({ filename, bytes }) => storedFile(filename, bytes)),
  };
}

function storedFile(filename: string, bytes: Uint8Array): StoredFile {
  return { filename, size: bytes.length, sha256: sha256(bytes), digests: digestsOf(bytes) };
}

/** `:param` takes one segment that is not empty, a final `*` the rest. */
export function match(
  path: string,
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const parts = path.replace(/^\//, '').split('/');
  const rest = parts.at(-1) === '*';
  const fixed = rest ? parts.slice(0, -1) : parts;
  if (rest ? segments.length < fixed.length : segments.length !== fixed.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of fixed.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':') && segment !== '') params[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  if (rest) params['*'] = segments.slice(fixed.length).join('/');
  return params;
}

function toHttp({ status, headers = {}, body }: WireResponse): HttpResponse {
  return { status, headers: lowerCase(headers), body: Buffer.from(body) };
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
