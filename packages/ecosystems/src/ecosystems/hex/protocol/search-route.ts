import type { WireRoute } from '../../../model';
import { answer, askedOf } from './answer';
import { packageBody } from './api-body';

const pageSize = 100;

/** `GET packages?search=…`, as `mix hex.package search` (Hex 2.5) asks; `name:` and `*` are its own words for a part of a name. */
export function searchRoute(base: string): WireRoute {
  return {
    kind: 'search',
    method: 'GET',
    path: `${base}/packages`,
    search({ query }) {
      const text = (query['search'] ?? '').replace(/\bname:/g, '').replaceAll('*', '');
      const page = Number(query['page']) || 1;
      return { text, limit: pageSize, offset: (page - 1) * pageSize };
    },
    respond({ packages }, request, context) {
      const asked = askedOf(request, context);
      return answer(
        request,
        200,
        packages.map((found) => packageBody(found, asked)),
      );
    },
  };
}
