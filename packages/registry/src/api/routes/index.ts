import type { ApiRoute } from '../route';
import { arrivalRoutes } from './arrivals';
import { blobRoutes } from './blobs';
import { draftRoutes } from './drafts';
import { ownerRoutes } from './owners';
import { standingRoutes } from './standing';
import { trailRoutes } from './trail';

/** All of `/api/v1`. A new group of routes is a file in this folder and a line here. */
export const apiRoutes: readonly ApiRoute[] = [
  ...arrivalRoutes,
  ...blobRoutes,
  ...draftRoutes,
  ...ownerRoutes,
  ...standingRoutes,
  ...trailRoutes,
];
