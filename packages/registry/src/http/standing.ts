import {
  fail,
  ForgeError,
  ok,
  type Ecosystem,
  type PackageChange,
  type Refusal,
  type Result,
  type StoredPackage,
} from '@forge/ecosystems';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { change, type ChangeOrder } from '../change/change';
import { openTokens } from '../store';
import { authenticate } from './authorization';
import type { HttpConfig } from './config';

const base = '/api/v1/packages/:ecosystem/:name';
const yanking = z.object({ reason: z.string().max(1000).default('') });
const naming = z.object({ users: z.array(z.string()).min(1) });

/** What a request asks of the version that it names, as it is spelled in the package. */
type VersionChange = (version: string, body: unknown) => Result<readonly PackageChange[]>;

/**
 * What owners may do with their packages whatever the ecosystem, also where its own tools know no such thing:
 * yank a version and take it up again, take its files back for good, and let others in.
 */
export function serveStanding(app: FastifyInstance, config: HttpConfig): void {
  const order = orderer(config);
  const ofVersion = (changes: VersionChange) =>
    order((found, ecosystem, request) => {
      const version = nativeVersion(found, ecosystem, request.params.version ?? '');
      return version.ok ? changes(version.value, request.body) : version;
    });
  app.put(`${base}/:version/yank`, ofVersion(yank));
  app.delete(
    `${base}/:version/yank`,
    ofVersion((version) => ok([{ kind: 'unyank', version }])),
  );
  app.delete(
    `${base}/:version/files`,
    ofVersion((version) => ok([{ kind: 'remove', version }])),
  );
  app.put(
    `${base}/owners`,
    order((_, __, { body }) => {
      const asked = read(naming, body);
      return asked.ok ? ok(asked.value.users.map((user) => ({ kind: 'add-owner', user }))) : asked;
    }),
  );
  app.delete(
    `${base}/owners/:user`,
    order((_, __, { params: { user = '' } }) => ok([{ kind: 'remove-owner', user }])),
  );
  serveOwners(app, config);
}

function serveOwners(app: FastifyInstance, { ecosystems, store }: HttpConfig): void {
  app.get<{ Params: Params }>(`${base}/owners`, async ({ params }, reply) => {
    const ecosystem = ecosystems.find(({ id }) => id === params.ecosystem);
    const found =
      ecosystem &&
      (await store.catalog.package(ecosystem.id, ecosystem.normalizeName(params.name)));
    if (!found) return refuse(reply, { kind: 'not-found', message: 'there is no such package' });
    return { owners: found.owners };
  });
}

interface Params {
  readonly ecosystem: string;
  readonly name: string;
  readonly version?: string;
  readonly user?: string;
}

type Changes = (
  found: StoredPackage,
  ecosystem: Ecosystem,
  request: { readonly params: Params; readonly body: unknown },
) => Result<readonly PackageChange[]>;

/** Turns what is asked into a handler: who asks, of which package, and the one way to change it. */
function orderer({ ecosystems, store, now }: HttpConfig) {
  const tokens = openTokens(store.db);
  return (changes: Changes) => async (request: FastifyRequest, reply: FastifyReply) => {
    const { method, headers, raw } = request;
    const from = { method, target: raw.url ?? '', authorization: headers.authorization };
    const user = await authenticate(tokens, from, undefined);
    if (user === undefined)
      return refuse(reply, { kind: 'unauthorized', message: 'a valid token is needed' });
    const params = request.params as Params;
    const ecosystem = ecosystems.find(({ id }) => id === params.ecosystem);
    if (!ecosystem) return refuse(reply, { kind: 'not-found', message: 'no such ecosystem' });
    const order: ChangeOrder = {
      ecosystem,
      name: params.name,
      changes: (found) => changes(found, ecosystem, { params, body: request.body }),
      user,
      now: now(),
    };
    const outcome = await change(store, order);
    return outcome.kind === 'refused' ? refuse(reply, outcome.refusal) : reply.code(204).send();
  };
}

function yank(version: string, body: unknown): Result<readonly PackageChange[]> {
  const asked = read(yanking, body);
  if (!asked.ok) return asked;
  const { reason } = asked.value;
  return ok([{ kind: 'yank', version, ...(reason && { notice: { message: reason } }) }]);
}

/** The version as it was published, whatever spelling of it is asked for. */
function nativeVersion(
  { name, versions }: StoredPackage,
  ecosystem: Ecosystem,
  asked: string,
): Result<string> {
  const { isValid, compare } = ecosystem.versions;
  const isMeant = ({ version }: { readonly version: string }) =>
    version === asked || (isValid(asked) && compare(version, asked) === 0);
  const found = versions.find(isMeant);
  if (found) return ok(found.version);
  return fail(new ForgeError('FORGE-R010', { what: `\`${name}\` has no version \`${asked}\`` }));
}

/** Bodies come as bytes; none at all stands for an empty object. */
function read<T>(schema: z.ZodType<T>, body: unknown): Result<T> {
  const text = Buffer.isBuffer(body) ? body.toString('utf8') : '';
  const parsed = schema.safeParse(text === '' ? {} : parseJson(text));
  if (parsed.success) return ok(parsed.data);
  return fail(new ForgeError('FORGE-R001', { what: z.prettifyError(parsed.error) }));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The same answer as for JSON of another shape.
    return undefined;
  }
}

const statuses: Readonly<Record<Refusal['kind'], number>> = {
  unauthorized: 401,
  forbidden: 403,
  invalid: 400,
  conflict: 409,
  'too-large': 413,
  'not-found': 404,
  unreachable: 502,
};

function refuse(reply: FastifyReply, { kind, code, message }: Refusal): FastifyReply {
  return reply.code(statuses[kind]).send({ code: code ?? kind, message });
}
