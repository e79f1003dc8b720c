import {
  ForgeError,
  fail,
  ok,
  type Ecosystem,
  type Json,
  type PackageChange,
  type RequirementGrammar,
  type Result,
  type StoredPackage,
  type Wire,
  type WireRequest,
} from '@forge/ecosystems';
import { saidIn, toyContents } from './toy-contents';

/**
 * `POST /publish/NAME/VERSION/FILENAME?tag=…` with the bytes as the body, `POST /change/NAME` with a JSON
 * list of changes, `POST /both/NAME` with either; everything is read as JSON.
 */
export const toyWire: Wire = {
  bodyLimit: 1000,
  manyUploadsPerVersion: false,
  digestRealm: 'Toy',
  routes: [
    {
      kind: 'publish',
      method: 'POST',
      path: '/publish/:name/:version/:filename',
      parse: ({ params, body, query }) => {
        const { name = '', version = '', filename = '' } = params;
        if (body[0] === 0)
          return fail(new ForgeError('FORGE-R001', { what: 'the upload starts with a zero' }));
        const tags = query['tag'] === undefined ? {} : { tags: { [query['tag']]: version } };
        const { name: _name, version: _version, ...said } = saidIn(body);
        const about = Object.keys(said).length > 0 ? { said } : {};
        const metadata: Json = { first: filename, files: { [filename]: body.length }, ...about };
        return ok({ name, version, files: [{ filename, bytes: body }], metadata, ...tags });
      },
      respond: ({ name, version }, _, { user }) =>
        json(201, { published: `${name}@${version}`, by: user ?? null }),
    },
    {
      kind: 'change',
      method: 'POST',
      path: '/both/:name',
      accepts: ({ body }) => body[0] === '['.charCodeAt(0),
      packageName: ({ params }) => params['name'] ?? '',
      changes: changesOf,
      respond: () => json(200, 'changed'),
    },
    {
      kind: 'publish',
      method: 'POST',
      path: '/both/:name',
      parse: ({ params: { name = '' }, body }) => {
        const files = [{ filename: `${name}.bin`, bytes: body }];
        return ok({ name, version: '1.0.0', files, metadata: null });
      },
      respond: () => json(201, 'published'),
    },
    {
      kind: 'change',
      method: 'POST',
      path: '/change/:name',
      packageName: ({ params }) => params['name'] ?? '',
      changes: changesOf,
      respond: () => json(200, 'changed'),
    },
    {
      kind: 'attach',
      method: 'PUT',
      path: '/docs/:name/:version',
      parse: ({ params: { name = '', version = '' }, body }) =>
        body.length === 0
          ? fail(new ForgeError('FORGE-R001', { what: 'there is nothing to attach' }))
          : ok({ name, version, filename: `${name}-${version}.docs`, bytes: body }),
      respond: () => json(201, 'attached'),
    },
    {
      kind: 'user',
      method: 'GET',
      path: '/users/:name',
      userName: ({ params }) => params['name'] ?? '',
      respond: (isKnown) => (isKnown ? json(200, 'known') : json(404, null)),
    },
    {
      kind: 'whoami',
      method: 'GET',
      path: '/whoami',
      respond: (_, { user }) => json(200, user ?? null),
    },
    {
      kind: 'static',
      method: 'GET',
      path: '/config',
      respond: (_, { baseUrl }) => json(200, { baseUrl }),
    },
    {
      kind: 'package',
      method: 'GET',
      path: '/packages/:name',
      packageName: ({ params }) => params['name'] ?? '',
      respond: (found) => (found ? json(200, found) : json(404, null)),
    },
    {
      kind: 'package',
      method: 'GET',
      path: '/packages/:scope/:name',
      packageName: ({ params }) => `${params['scope']}/${params['name']}`,
      respond: (found) => (found ? json(200, found) : json(404, null)),
    },
    {
      kind: 'index',
      method: 'GET',
      path: '/index/',
      respond: (packages) => text(200, packages.map(({ name }) => `${name}\n`).join('')),
    },
    {
      kind: 'file',
      method: 'GET',
      path: '/files/*',
      file: ({ params, query }) => ({
        filename: params['*'] ?? '',
        contentType: 'application/x-toy',
        ...(query['of'] === undefined ? {} : { packageName: query['of'] }),
      }),
      respond: () => text(404, 'no such file\n'),
    },
  ],
  refuse: ({ kind, message }) => ({
    ...json(statuses[kind], { kind, message }),
    reason: `Toy ${kind}`,
  }),
  install: (baseUrl, { name, version }) => [
    { tool: 'toy', lines: [`toy get ${name} ${version} --from ${baseUrl}/toy`] },
  ],
  settings: (baseUrl, token) => [`TOY_URL=${baseUrl}/toy`, `TOY_TOKEN=${token}`],
};

const statuses = {
  unauthorized: 401,
  forbidden: 403,
  invalid: 422,
  conflict: 409,
  'too-large': 413,
  'not-found': 404,
  unreachable: 502,
  'too-many': 429,
} as const;

/** An ecosystem with as much as the server asks of one. Versions are compared by their parts: `1.0` is `1`. */
export function toyEcosystem(wire: Partial<Wire> = {}): Ecosystem {
  const toy: Pick<Ecosystem, 'id' | 'title' | 'prefix' | 'normalizeName' | 'wire' | 'contents'> & {
    readonly versions: Pick<Ecosystem['versions'], 'isValid' | 'compare' | 'isPrerelease'> & {
      readonly requirement: Pick<RequirementGrammar, 'satisfies'>;
    };
  } = {
    id: 'toy',
    title: 'Toy',
    prefix: '/toy',
    normalizeName: (name) => name.toLowerCase(),
    versions: {
      isValid: (version) => /^\d+(\.\d+)*$/.test(version),
      compare: (a, b) => Math.sign(weight(a) - weight(b)),
      isPrerelease: (version) => version.startsWith('0.'),
      requirement: {
        satisfies: (requirement) =>
          /^[\d.]+$/.test(requirement)
            ? ok(true)
            : fail(new ForgeError('FORGE-V003', { what: `\`${requirement}\` is none` })),
      },
    },
    wire: { ...toyWire, ...wire },
    contents: toyContents,
  };
  return toy as Ecosystem;
}

function changesOf(_: StoredPackage, { body }: WireRequest): Result<readonly PackageChange[]> {
  const text = Buffer.from(body).toString();
  if (!text.startsWith('['))
    return fail(new ForgeError('FORGE-R001', { what: 'the body is no list of changes' }));
  return ok(JSON.parse(text) as readonly PackageChange[]);
}

function weight(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return major * 1e6 + minor * 1e3 + patch;
}

function json(status: number, value: unknown) {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function text(status: number, body: string) {
  return { status, headers: { 'content-type': 'text/plain' }, body };
}
