import type { WireResponse } from '../../model';

export function json(status: number, body: unknown, type = 'application/json'): WireResponse {
  return { status, headers: { 'content-type': type }, body: JSON.stringify(body) };
}

/** The short form of a packument, as far as installing needs it. */
export const installForm = 'application/vnd.npm.install-v1+json';

/** What a URL asks for: a packument, or one version (or dist-tag) of it. */
export interface Names {
  readonly name: string;
  readonly version?: string;
}

/** The package of a path, whose scope is a segment of its own or not. */
export function packageName(params: Readonly<Record<string, string>>): string {
  const { scope, name = '' } = params;
  return scope === undefined ? name : `${scope}/${name}`;
}

/** `/@scope/name` and `/name/version` look alike; a scope begins with `@` and has no slash. */
export function namesOf(params: Readonly<Record<string, string>>): Names {
  const { scope, name = '', version } = params;
  if (scope === undefined) return { name };
  if (!/^@[^/]+$/.test(scope)) return { name: scope, version: name };
  return { name: packageName(params), ...(version === undefined ? {} : { version }) };
}
