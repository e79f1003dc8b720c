import type { Wire, WireContext, WireRequest, WireRoute } from '../model';

/** A request of which only the parts that are given say anything. */
export function requestOf(parts: Partial<WireRequest> = {}): WireRequest {
  const nothing = { params: {}, query: {}, headers: {}, body: new Uint8Array() };
  return { method: 'GET', path: '', ...nothing, ...parts };
}

/** A server that signs nothing. */
export function contextAt(baseUrl: string): WireContext {
  return { baseUrl, keys: { rsaPrivate: '', rsaPublic: '' } };
}

/** Finds the first route of a kind; at a path, if one is given. */
export function routesIn({ routes }: Wire) {
  return <Kind extends WireRoute['kind']>(kind: Kind, path?: string) => {
    const isMeant = (each: WireRoute) => each.kind === kind && (path ?? each.path) === each.path;
    const found = routes.find(isMeant);
    if (!found) throw new Error(`no route: ${kind} ${path ?? ''}`);
    return found as Extract<WireRoute, { readonly kind: Kind }>;
  };
}
