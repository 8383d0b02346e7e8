/** What an authority's office does beside the alerts: who is let in, who may not act on which firm and who stands in, and what is done to a person. */

import type { StaffRoutes } from '../staff.ts';
import { accessRoutes, type AccessGround } from './access.ts';
import { conflictRoutes } from './conflicts.ts';
import { peopleRoutes, type PeopleGround } from './people.ts';

/** What these routes need from the house. */
export type OfficeGround = AccessGround & PeopleGround;
type Office = ReturnType<typeof accessRoutes> & ReturnType<typeof peopleRoutes> & ReturnType<typeof conflictRoutes>;

/** What answers these routes. */
export function officeRoutes(ground: OfficeGround): Pick<StaffRoutes, keyof Office> {
  return { ...accessRoutes(ground), ...peopleRoutes(ground), ...conflictRoutes(ground) };
}
