/** Everything of screening at the staff door: hits, freezes, lists. */

import type { StaffRoutes } from '../staff.ts';
import { freezeRoutes } from './freezes.ts';
import { hitRoutes } from './hits.ts';
import { listRoutes, type ListsGround } from './lists.ts';

/** What answers the routes of screening. */
export function screeningRoutes(ground: ListsGround): Pick<StaffRoutes, keyof ReturnType<typeof hitRoutes> | keyof ReturnType<typeof freezeRoutes> | keyof ReturnType<typeof listRoutes>> {
  return { ...hitRoutes(ground), ...freezeRoutes(ground), ...listRoutes(ground) };
}
