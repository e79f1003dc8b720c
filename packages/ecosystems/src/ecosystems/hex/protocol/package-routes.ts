import type { StoredPackage, WireContext, WireRequest, WireRoute } from '../../../model';
import { answer, askedOf, notFound } from './answer';
import { packageBody, releaseBody } from './api-body';

/** What `mix hex.info` and `mix hex.package` ask of a package and of a release (Hex 2.5), below `base`. */
export function packageRoutes(base: string): readonly WireRoute[] {
  const path = `${base}/packages/:name`;
  const packageName = ({ params }: WireRequest): string => params['name'] ?? '';
  const found = { kind: 'package', method: 'GET', packageName } as const;
  return [
    { ...found, path: `${path}/releases/:version`, respond: release },
    { ...found, path, respond: whole },
  ];
}

function whole(found: StoredPackage | undefined, request: WireRequest, context: WireContext) {
  return found
    ? answer(request, 200, packageBody(found, askedOf(request, context)))
    : notFound(request);
}

function release(found: StoredPackage | undefined, request: WireRequest, context: WireContext) {
  const asked = request.params['version'];
  const version = found?.versions.find((each) => each.version === asked);
  if (!found || !version) return notFound(request);
  return answer(request, 200, releaseBody(found, version, askedOf(request, context)));
}
