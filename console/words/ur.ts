/** Urdu, with exactly the keys of English: the compiler refuses a missing or a foreign one. */
import { urDesk } from './ur-desk.ts';
import { urEnforcement } from './ur-enforcement.ts';
import { urFramework } from './ur-framework.ts';
import { urLicensing } from './ur-licensing.ts';
import { urOffice } from './ur-office.ts';
import { urPublication } from './ur-publication.ts';
import { urRecords } from './ur-records.ts';
import { urReturn } from './ur-return.ts';
import { urRules } from './ur-rules.ts';
import { urScreening } from './ur-screening.ts';
import { urScreens } from './ur-screens.ts';
import { urShell } from './ur-shell.ts';

export const ur = { ...urShell, ...urScreens, ...urRecords, ...urFramework, ...urLicensing, ...urEnforcement, ...urDesk, ...urOffice, ...urPublication, ...urReturn, ...urRules, ...urScreening };
