/** Everything of screening at the staff door: hits, freezes, lists. */

import type { StaffRoutes } from '../staff.ts';
import { screenApplicant, type ApplicantGround } from './applicant-screening.ts';
import { freezeRoutes } from './freezes.ts';
import { hitRoutes } from './hits.ts';
import { listRoutes, type ListsGround } from './lists.ts';

/** What answers the routes of screening. */
export function screeningRoutes(ground: ListsGround & ApplicantGround): Pick<StaffRoutes, 'screenApplicant' | keyof ReturnType<typeof hitRoutes> | keyof ReturnType<typeof freezeRoutes> | keyof ReturnType<typeof listRoutes>> {
  return { screenApplicant: (call) => screenApplicant(ground, call), ...hitRoutes(ground), ...freezeRoutes(ground), ...listRoutes(ground) };
}
