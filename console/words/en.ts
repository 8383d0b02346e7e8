/** English, the first language of the console and the list of all keys. */
import { enDesk } from './en-desk.ts';
import { enEnforcement } from './en-enforcement.ts';
import { enFramework } from './en-framework.ts';
import { enLicensing } from './en-licensing.ts';
import { enOffice } from './en-office.ts';
import { enPublication } from './en-publication.ts';
import { enRecords } from './en-records.ts';
import { enReturn } from './en-return.ts';
import { enRules } from './en-rules.ts';
import { enScreening } from './en-screening.ts';
import { enScreens } from './en-screens.ts';
import { enShell } from './en-shell.ts';

export const en = { ...enShell, ...enScreens, ...enRecords, ...enFramework, ...enLicensing, ...enEnforcement, ...enDesk, ...enOffice, ...enPublication, ...enReturn, ...enRules, ...enScreening } as const;
