import type { Refusal } from '@forge/ecosystems';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { Caller } from '../accounts/caller';
import type { PackageAddress, Permission } from '../accounts/scopes';
import type { HttpConfig } from '../http/config';
import type { RateClass } from '../limits/rate-limits';
import type { FoundFile } from '../store';

export type { Caller, PackageAddress, Permission, RateClass };

/**
 * Who may call a route. `owner` and `admin` need a token; whether it is that of an owner is decided inside the
 * transaction that does what is asked, so that nobody can lose the package in between.
 */
export type Access = 'public' | 'user' | 'owner' | 'admin';

/** Why a request is not followed; the kinds that native protocols know, and one more. */
export interface ApiRefusal extends Omit<Refusal, 'kind'> {
  readonly kind: Refusal['kind'] | 'unprocessable';
}

/** What a handler is given: everything checked by the schemas of its route. */
export interface ApiCall<Params = unknown, Query = unknown, Body = unknown, By = Caller> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** There whenever the access of the route is not `public`. */
  readonly caller: By;
  readonly config: HttpConfig;
  /** For what is not in the schemas: addresses, headers. */
  readonly request: FastifyRequest;
}

/** `body` is sent as JSON, or as it is where it is bytes or a stream. */
export interface ApiReply<Status extends number = number, Body = unknown> {
  readonly status: Status;
  readonly body?: Body;
  readonly headers?: Readonly<Record<string, string>>;
  /** In place of a body: sent whole, in part, or not at all to who has it already. */
  readonly file?: FoundFile;
}

export type ApiOutcome = ApiReply | { readonly refusal: ApiRefusal };

/** One route of the management API as data. The server, the OpenAPI document and tests read the same table. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with `:param` for one segment: `/packages/:ecosystem/:name`. */
  readonly path: string;
  /** One line, for the OpenAPI document. */
  readonly summary: string;
  /** Heading under which the document shows it. */
  readonly tag: string;
  readonly access: Access;
  /** Default: `read` for a GET; every other route says one, unless its access is `public`. */
  readonly permission?: Permission;
  readonly rate: RateClass;
  /** True where everybody gets an answer, also if reads need a token: nothing of a package is in it. */
  readonly isOpen?: boolean;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  /** Of a JSON body; `bytes` takes it as it is. Without one the body is not looked at. */
  readonly body?: z.ZodType | 'bytes';
  /** Largest body in bytes. Default: 64 KiB. */
  readonly bodyLimit?: number;
  /** What success looks like, by status; `z.undefined()` where there is no body. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  readonly handle: (
    call: ApiCall<unknown, unknown, unknown, Caller | undefined>,
  ) => Promise<ApiOutcome>;
}

type Read<Schema> = Schema extends z.ZodType
  ? z.output<Schema>
  : Schema extends 'bytes'
    ? Uint8Array
    : undefined;

type Replies<Answers> = {
  readonly [Status in keyof Answers & number]: Answers[Status] extends z.ZodType
    ? ApiReply<Status, z.input<Answers[Status]>>
    : never;
}[keyof Answers & number];

type Optional<Key extends keyof ApiRoute> = ApiRoute[Key];

/** A route before its types are forgotten: `handle` sees what the schemas give and answers what they say. */
export interface RouteSpec<
  By extends Access,
  Params extends Optional<'params'>,
  Query extends Optional<'query'>,
  Body extends Optional<'body'>,
  Answers extends ApiRoute['answers'],
> extends Omit<ApiRoute, 'access' | 'params' | 'query' | 'body' | 'answers' | 'handle'> {
  readonly access: By;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answers: Answers;
  readonly handle: (
    call: ApiCall<
      Read<Params>,
      Read<Query>,
      Read<Body>,
      By extends 'public' ? Caller | undefined : Caller
    >,
  ) => Promise<Replies<Answers> | { readonly refusal: ApiRefusal }>;
}

/** Checks a route against its own schemas and puts it into the form of the table. */
export function route<
  By extends Access,
  Answers extends ApiRoute['answers'],
  Params extends Optional<'params'> = undefined,
  Query extends Optional<'query'> = undefined,
  Body extends Optional<'body'> = undefined,
>(spec: RouteSpec<By, Params, Query, Body, Answers>): ApiRoute {
  // `serve.ts` calls a handler with nothing but what the schemas of its route gave, and no public one without a caller.
  return spec as unknown as ApiRoute;
}

/** What a handler answers that did what was asked. The status keeps its own type, which a plain object would lose. */
export function answer<Status extends number, Body = undefined>(
  status: Status,
  body?: Body,
  headers: Readonly<Record<string, string>> = {},
): ApiReply<Status, Body> {
  return { status, headers, ...(body === undefined ? {} : { body }) };
}
