import type { WireRoute } from '@forge/ecosystems';

export interface RouteMatch {
  readonly route: WireRoute;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds the route of a request; a HEAD without a route of its own is answered by the GET. */
export type RouteTable = (method: string, segments: readonly string[]) => RouteMatch | undefined;

interface CompiledRoute {
  readonly route: WireRoute;
  readonly match: (segments: readonly string[]) => Readonly<Record<string, string>> | undefined;
}

/** Routes are tried in order. Compiled once, so that a request costs comparisons of strings only. */
export function compileRoutes(routes: readonly WireRoute[]): RouteTable {
  const compiled = routes.map((route) => ({ route, match: compilePattern(route.path) }));
  return (method, segments) =>
    firstMatch(compiled, method, segments) ??
    (method === 'HEAD' ? firstMatch(compiled, 'GET', segments) : undefined);
}

function firstMatch(
  routes: readonly CompiledRoute[],
  method: string,
  segments: readonly string[],
): RouteMatch | undefined {
  for (const { route, match } of routes) {
    if (route.method !== method) continue;
    const params = match(segments);
    if (params) return { route, params };
  }
  return undefined;
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
