/**
 * The form of what lets a firm in and moves it on: stages and what they allow, events and steps, gates, and what
 * gates ask for: forms, documents, key individuals, criteria.
 */

import { z } from 'zod';
import { name, names, service, sourced, text, worded } from './form-parts.ts';

export const serviceBlock = z.strictObject({ service, number: z.int().min(1).max(99), title: worded, carveOut: worded.optional(), ...sourced });

export const stageBlock = z.strictObject({
  stage: name, title: worded, means: worded.describe('In plain words, what a firm in it may and may not do'),
  standing: z.enum(['none', 'applicant', 'noc', 'licence', 'sandbox', 'letter', 'suspended', 'revoked']).describe('What the public may call the firm; only a licence is a licence'),
  initial: z.boolean().describe('A firm may begin here'),
  final: z.boolean().describe('Nothing leads out of it; every other stage has a step to another one'), ...sourced,
});

export const permissionBlock = z.strictObject({
  stage: name, scope: z.enum(['none', 'listed', 'granted']).describe('granted: the services that the firm\'s own grant names'),
  services: z.array(service).min(1).max(10).optional().describe('Only with the scope listed'), ...sourced,
});

export const eventBlock = z.strictObject({
  event: name, title: worded,
  kind: z.enum(['step', 'moment']).describe('step: moves a firm, by steps.yaml. moment: moves none; clocks start, stop and end by it, gates are met by it'),
  by: z.enum(['firm', 'authority', 'clock', 'outside']).describe('Who causes it; clock: it happens by itself when `clock` runs out'),
  clock: name.optional().describe('Only with by clock: the clock that runs out'),
  closed: names.optional().describe('Only of a step: the stages in which it is refused. Every stage either has a step by it or stands here'),
  ...sourced,
});

export const stepBlock = z.strictObject({
  from: name, to: name, event: name.describe('An event of events.yaml of the kind step'),
  after: name.optional().describe('Only when this event brought the firm into the stage that it leaves'),
  way: z.enum(['forward', 'vary', 'restore', 'sanction', 'end']).describe(
    'Forward steps never lead in a circle. vary: within a stage. sanction: into a suspended or revoked one. restore: undoes a sanction. end: out of the way, to where firms begin or finish'),
  second: z.boolean().describe('Needs a second person'),
  gates: names.optional().describe('Gates that must be met, all of them'),
  reasons: z.enum(['authority', 'firm', 'public']).describe('Who is told the reasons'), ...sourced,
});

export const gateBlock = z.strictObject({
  gate: name, title: worded,
  shown: z.enum(['filed', 'found', 'recorded', 'screened']).describe(
    'What shows that it is met. filed: the forms and documents are in and complete. found: an officer finds so, by the criteria, with reasons. '
    + 'recorded: the moment was recorded with its evidence. screened: everyone named in the forms is clear.'),
  forms: names.optional(), documents: names.optional(), roles: names.optional().describe('Key individuals that must be filled'),
  criteria: names.optional(), moment: name.optional().describe('Only with recorded: an event of the kind moment'),
  gates: names.optional().describe('Gates that must be met before'),
  stages: names.optional().describe('Stages in which it can be met; any when absent'), ...sourced,
});

export const roleBlock = z.strictObject({
  role: name, title: worded, fitBy: z.enum(['authority', 'firm']).describe('Who judges first whether the person is fit and proper'),
  combines: names.optional().describe('Roles that the same person may hold, where the instrument says so'),
  needed: z.enum(['certificate', 'licence', 'named']).describe('From which grant on it must be filled; named: the instrument names the role and asks for nobody in it'), ...sourced,
});

export const documentBlock = z.strictObject({
  document: name, title: worded, part: z.boolean().describe('One of the parts that the AML framework must have'),
  boardApproved: z.boolean().describe('Evidence of the board\'s approval is asked for'), ...sourced,
});

export const criterionBlock = z.strictObject({
  criterion: name, use: z.enum(['assessment', 'bar', 'revocation', 'document']).describe('bar: who falls under it cannot hold a role. document: what every document must be'),
  of: z.enum(['certificate', 'licence', 'sandbox']), title: worded, ...sourced,
});

const evidence = z.enum(['quoted', 'reported', 'recalled', 'ours']);

const fieldBlock = z.strictObject({
  field: name, label: worded,
  type: z.enum([
    'text', 'long-text', 'number', 'money', 'share', 'date', 'country', 'yes-no', 'choice', 'services', 'role', 'document', 'email', 'phone', 'wallet', 'signature',
  ]),
  required: z.boolean(),
  choices: z.array(z.strictObject({ choice: name, label: worded })).min(2).max(30).optional().describe('Only with the type choice'),
  figure: name.optional().describe('The figure of the feed by which the house fills and checks it'),
  identity: z.boolean().describe('It names or describes a natural person, so it is sealed for the vault'),
  evidence: evidence.describe('How the field is known; ours: the source names the section and not the field'),
});

export const formBlock = z.strictObject({
  form: name, code: z.string().min(1).max(20).describe('As the instrument calls it'), title: worded, means: worded,
  filedFor: z.enum(['firm', 'person', 'arrangement', 'report', 'return', 'change']).describe('What one filing of it is about'),
  filedTo: z.enum(['authority', 'internal']), stages: names.describe('Stages in which it may be filed'),
  serves: names.optional().describe('Gates that ask for it'), obligation: name.optional().describe('The obligation that it discharges'),
  signedBy: names.optional().describe('Roles that sign it'),
  sections: z.array(z.strictObject({
    section: name, number: z.string().min(1).max(8).describe('Its number in the instrument, for example 3.2'), title: worded, repeats: z.boolean().describe('May be filled more than once'), evidence, fields: z.array(fieldBlock).min(1).max(60),
  })).min(1).max(40),
  sectionsNote: text.describe('What of its content is known, and what is not'), ...sourced,
});

export type Stage = z.output<typeof stageBlock>;
export type Permission = z.output<typeof permissionBlock>;
export type Step = z.output<typeof stepBlock>;
export type Event = z.output<typeof eventBlock>;
export type Gate = z.output<typeof gateBlock>;
export type Form = z.output<typeof formBlock>;
