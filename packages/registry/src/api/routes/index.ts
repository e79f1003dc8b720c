import type { ApiRoute } from '../route';
import { arrivalRoutes } from './arrivals';
import { ownerRoutes } from './owners';
import { standingRoutes } from './standing';

/** All of `/api/v1`. A new group of routes is a file in this folder and a line here. */
export const apiRoutes: readonly ApiRoute[] = [...arrivalRoutes, ...ownerRoutes, ...standingRoutes];
