import type { ApiRoute } from '../route';
import { arrivalRoutes } from './arrivals';
import { authRoutes } from './auth';
import { blobRoutes } from './blobs';
import { draftRoutes } from './drafts';
import { ownerRoutes } from './owners';
import { packageRoutes } from './packages';
import { publishRoutes } from './publish';
import { searchRoutes } from './search';
import { standingRoutes } from './standing';
import { statsRoutes } from './stats';
import { tokenRoutes } from './tokens';
import { trailRoutes } from './trail';
import { trustedPublisherRoutes } from './trusted-publishers';
import { userRoutes } from './users';
import { webhookRoutes } from './webhooks';

/**
 * All of `/api/v1`. A new group of routes is a file in this folder and a line here; then write the list in
 * docs/REGISTRY-API.md anew, by `UPDATE=1` and the test `documented-routes`.
 */
export const apiRoutes: readonly ApiRoute[] = [
  ...authRoutes,
  ...userRoutes,
  ...tokenRoutes,
  ...arrivalRoutes,
  ...blobRoutes,
  ...draftRoutes,
  ...ownerRoutes,
  ...packageRoutes,
  ...publishRoutes,
  ...searchRoutes,
  ...standingRoutes,
  ...statsRoutes,
  ...trailRoutes,
  ...trustedPublisherRoutes,
  ...webhookRoutes,
];
