import type { ApiRoute } from '../route';
import { arrivalRoutes } from './arrivals';
import { authRoutes } from './auth';
import { blobRoutes } from './blobs';
import { draftRoutes } from './drafts';
import { ownerRoutes } from './owners';
import { standingRoutes } from './standing';
import { tokenRoutes } from './tokens';
import { userRoutes } from './users';
import { trailRoutes } from './trail';

/** All of `/api/v1`. A new group of routes is a file in this folder and a line here. */
export const apiRoutes: readonly ApiRoute[] = [
  ...authRoutes,
  ...userRoutes,
  ...tokenRoutes,
  
  ...arrivalRoutes,
  ...blobRoutes,
  ...draftRoutes,
  ...ownerRoutes,
  ...standingRoutes,
  ...trailRoutes,
];
