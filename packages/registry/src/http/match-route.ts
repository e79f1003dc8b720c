import type { WireRoute } from '@forge/ecosystems';

export interface RouteMatch {
  readonly route: WireRoute;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * Finds the routes of a request, in order: more than one only where their `accepts` tells them apart by
 * the body. A HEAD without a route of its own is answered by the GET.
 */
export type RouteTable = (method: string, segments: readonly string[]) => readonly RouteMatch[];

interface CompiledRoute {
  readonly route: WireRoute;
  readonly match: (segments: readonly string[]) => Readonly<Record<string, string>> | undefined;
}

/** Routes are tried in order. Compiled once, so that a request costs comparisons of strings only. */
export function compileRoutes(routes: readonly WireRoute[]): RouteTable {
  const compiled = routes.map((route) => ({ route, match: compilePattern(route.path) }));
  return (method, segments) => {
    const found = matches(compiled, method, segments);
    return found.length === 0 && method === 'HEAD' ? matches(compiled, 'GET', segments) : found;
  };
}

/** Up to the first one that takes whatever comes. */
function matches(
  routes: readonly CompiledRoute[],
  method: string,
  segments: readonly string[],
): readonly RouteMatch[] {
  const found: RouteMatch[] = [];
  for (const { route, match } of routes) {
    const params = route.method === method ? match(segments) : undefined;
    if (!params) continue;
    found.push({ route, params });
    if (!route.accepts) break;
  }
  return found;
}

/** `:param` takes one segment that is not empty, a final `*` all the rest, also none. */
function compilePattern(pattern: string): CompiledRoute['match'] {
  const parts = pattern.replace(/^\//, '').split('/');
  const takesRest = parts.at(-1) === '*';
  const fixed = takesRest ? parts.slice(0, -1) : parts;
  return (segments) => {
    if (takesRest ? segments.length < fixed.length : segments.length !== fixed.length)
      return undefined;
    const params: [string, string][] = [];
    for (const [index, part] of fixed.entries()) {
      const segment = segments[index] ?? '';
      if (part.startsWith(':')) {
        if (segment === '') return undefined;
        params.push([part.slice(1), segment]);
      } else if (part !== segment) return undefined;
    }
    if (takesRest) params.push(['*', segments.slice(fixed.length).join('/')]);
    return Object.fromEntries(params);
  };
}
