/**
 * The form of what a firm in a stage is held to, and of what follows when it is not: conditions and caps, clocks
 * and obligations, holidays, fees and capital, the enforcement ladder, offences, warnings, lists, parameters,
 * retention, conflicts in the law, the way from a lapsed instrument to the one that took its place.
 */

import { z } from 'zod';
import { citation, day, measured, name, names, service, sourced, text, worded } from './form-parts.ts';

/** What a limit can count. */
export const MEASURES = ['customers', 'traded', 'paid-out', 'held', 'assets', 'leverage', 'feed-lag'] as const;

/** How often something can be owed. */
export const RHYTHMS = ['once', 'each', 'monthly', 'quarterly', 'yearly', 'always', 'directed'] as const;
/** How often something is owed. */
export type Rhythm = (typeof RHYTHMS)[number];

export const limitBlock = z.strictObject({
  limit: name, stage: name, title: worded, measure: z.enum(MEASURES), per: z.enum(['firm', 'customer']),
  window: z.string().min(1).max(20).optional().describe('The time that is counted over, for example 30 d; absent for what is counted as it stands'),
  bound: z.enum(['ceiling', 'floor']), ...measured, ...sourced,
});

export const conditionBlock = z.strictObject({
  condition: name, stages: names, title: worded, text: worded,
  judged: z.enum(['feed', 'screening', 'filing', 'officer']).describe('What shows whether it is kept. feed: the events that the firm reports, in the second they arrive'), ...sourced,
});

export const clockBlock = z.strictObject({
  clock: name, title: worded, start: name.describe('The event that starts it'),
  length: z.string().min(1).max(40).optional().describe('For example 60 calendar days, 7 working days, 3 months, 1 hour; or at once, promptly, before. Absent when the status is unset'),
  workingDefault: z.string().min(1).max(40).optional().describe('Only with the status unset: what the house works with meanwhile, and says so'),
  ends: z.enum(['overdue', 'event', 'open']).describe('When it has run out. overdue: what was owed is late. event: `event` happens. open: the law does not say, so nothing happens and the clock says so'),
  event: name.optional().describe('Only with ends event: the event that then happens by itself'),
  answered: names.optional().describe('Events after which nothing is waited for any more. What ticks off an obligation of this clock answers it too, and need not stand here'), ...sourced,
});

export const stopBlock = z.strictObject({
  clock: name, stop: name.describe('The event that stops the clock'), resume: name.describe('The event that lets it go on'), ...sourced,
});

export const obligationBlock = z.strictObject({
  obligation: name, title: worded, means: worded.describe('Trigger and content'),
  owedBy: z.enum(['firm', 'controller', 'issuer', 'applicant', 'affected', 'authority', 'bank']), role: name.optional().describe('The key individual through whom it is owed'),
  owedTo: z.array(z.enum(['authority', 'fiu', 'counterparty', 'internal', 'public', 'customers', 'tribunal', 'court', 'parliament', 'lists'])).min(1).max(4),
  stages: names.optional().describe('Stages in which it holds; also of what the authority owes to a firm in them. Absent when it hangs on no stage'),
  threshold: name.optional().describe('The parameter from which on it holds'), clock: name,
  repeats: z.enum([...RHYTHMS, 'unset']).describe('each: at each occurrence of the clock\'s start. directed: when the authority asks. unset: as prescribed, and nothing is'),
  workingRepeats: z.enum(RHYTHMS).optional().describe('Only with repeats unset: the rhythm that the house works with meanwhile, and says so'),
  doneBy: z.enum(['form', 'event', 'report', 'submission', 'notice', 'conduct']).describe('What ticks it off. report: to the FIU. submission: a return or proof. conduct: nothing does; it holds all the time'),
  form: name.optional().describe('Only with done by form'), event: name.optional().describe('Only with done by event'), ...sourced,
});

export const holidayBlock = z.strictObject({
  holiday: name, title: worded, day: day.optional(), weekday: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']).optional(),
  announced: z.enum(['fixed', 'expected', 'notified']).describe('expected: hangs on the sight of the moon'), ...sourced,
});

export const feeBlock = z.strictObject({ fee: name, title: worded, event: name.describe('The step with which it is due'), refundable: z.boolean(), ...measured, ...sourced });
export const capitalBlock = z.strictObject({ capital: name, service: service.optional(), title: worded, ...measured, ...sourced });

export const rungBlock = z.strictObject({
  rung: name, order: z.int().min(1).max(99), title: worded, means: worded, against: z.enum(['firm', 'person', 'anyone']),
  event: name.optional().describe('The step that it takes a firm by; without one it moves no firm'),
  cap: z.string().min(1).max(40).optional().describe('The most that it may be, in money'),
  notice: name.optional().describe('The clock that must have run before'), hearing: z.boolean(), second: z.boolean().describe('Needs a second person'),
  expires: name.optional().describe('The clock by which it ends by itself'), objection: name.optional().describe('The clock to object'), answer: name.optional().describe('The clock to answer an objection'),
  appeal: name.optional().describe('The clock to appeal'), ...sourced,
});

export const offenceBlock = z.strictObject({
  offence: name, title: worded, of: z.enum(['person', 'firm', 'anyone']), imprisonmentYears: z.int().min(1).max(99).optional(),
  fine: z.string().min(1).max(40).optional().describe('At most, in money'), profitTimes: z.number().positive().max(100).optional().describe('Times the profit made or loss avoided'),
  turnoverShare: z.number().positive().max(1).optional().describe('Share of yearly turnover, where the profit cannot be told'), ...sourced,
});

export const warningBlock = z.strictObject({ warning: name, title: worded, means: worded, ...sourced });
export const parameterBlock = z.strictObject({
  parameter: name, title: worded, use: z.enum(['house', 'shown']).describe('house: something in the house computes with it. shown: it is only shown, with its clause'), ...measured, ...sourced,
});
export const retentionBlock = z.strictObject({ record: name, title: worded, ...measured, ...sourced });
export const listBlock = z.strictObject({ list: name, title: worded, force: z.enum(['freeze', 'review', 'information']), publisher: text, ...sourced });
export const flagBlock = z.strictObject({
  flag: name, title: worded, text: worded, stages: names.optional().describe('Firms that it concerns; all when absent'),
  cites: z.array(z.strictObject(citation)).min(2).max(10),
});
export const crosswalkBlock = z.strictObject({
  crosswalk: name, from: z.array(z.strictObject(citation)).min(1).max(10), to: z.array(z.strictObject(citation)).min(1).max(10), about: worded,
});

export type Limit = z.output<typeof limitBlock>;
export type Clock = z.output<typeof clockBlock>;
export type Obligation = z.output<typeof obligationBlock>;
export type Holiday = z.output<typeof holidayBlock>;
