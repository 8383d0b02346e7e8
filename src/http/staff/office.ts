/** What an authority's office does beside the alerts: who is let in, and what is done to a person. */

import type { StaffRoutes } from '../staff.ts';
import { accessRoutes, type AccessGround } from './access.ts';
import { peopleRoutes, type PeopleGround } from './people.ts';

/** What these routes need from the house. */
export type OfficeGround = AccessGround & PeopleGround;

/** What answers these routes. */
export function officeRoutes(ground: OfficeGround): Pick<StaffRoutes, keyof ReturnType<typeof accessRoutes> | keyof ReturnType<typeof peopleRoutes>> {
  return { ...accessRoutes(ground), ...peopleRoutes(ground) };
}
