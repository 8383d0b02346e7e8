/**
 * A person, or someone whom an application names, comes near an entry of a list: who must look, and why. The words on
 * which it rests are places in the name that the list writes, never letters of the person's own, so no name stands here.
 */

import { z } from 'zod';
import { entryKind } from './kind.ts';

const text = z.string().max(200);
const share = z.number().min(-1).max(1);
const places = z.array(z.number().int().min(0).max(200)).max(64);

export const screeningHit = entryKind({
  kind: 'screening-hit', version: 1, owner: 'screening', readers: ['obligations', 'insight'], control: false,
  body: z.strictObject({
    person: z.string().regex(/^[0-9a-f]{32}$/), list: text, entry: text,
    /** `list:entry` of the first entry of the listed one, when several lists have it. */
    subject: text, version: text,
    /** Hash of the list's version. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/), force: z.enum(['freeze', 'review', 'information']), decision: z.enum(['review', 'match']),
    /** What it rests on, strongest first: an equal number, more than the name, the name alone. */
    ground: z.enum(['number', 'evidence', 'name']), score: share, strength: share,
    /** Which of the entry's names, from 0. */
    name: z.number().int().min(0).max(10_000),
    /** Words of that name that were met, by their places, and how. */
    words: z.array(z.strictObject({ list: places, how: z.enum(['equal', 'variant', 'near', 'sound', 'initial', 'joined']), similarity: share })).max(64),
    listLeft: places, ownLeft: z.number().int().min(0).max(200), byLetters: z.boolean(), acrossScripts: z.boolean(),
    features: z.array(z.strictObject({ feature: text, says: text, effect: share, evidence: share })).max(20), missing: z.array(text).max(20), matcher: text,
    because: z.enum(['stated', 'list-changed']),
    /** An earlier hit of the same person and entry that this one weighs anew. */
    replaces: z.number().int().min(0).optional(),
  }),
});
