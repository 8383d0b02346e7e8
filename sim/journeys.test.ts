/**
 * What a person does at a real house: a demo's accounts, a small nation filed through the door, a real browser.
 * Sign-in and its wrong turns, every screen in both languages and themes, what each office may see, numbers that
 * open exactly what they count, triage by keyboard with a second person, proofs checked in the browser, live
 * news, and the wrong button in many forms. Screens have no violation, no complaint and no failed request, but
 * for the refusals that a journey provokes.
 */
import { after, before } from 'node:test';
import { JourneyHouse } from './testing/journey-house.ts';
import type { Journey } from './testing/journey.ts';
import { evidenceJourneys } from './testing/journeys-evidence.ts';
import { lifeJourneys } from './testing/journeys-life.ts';
import { lookJourneys } from './testing/journeys-look.ts';
import { mishapJourneys } from './testing/journeys-mishaps.ts';
import { policyJourneys } from './testing/journeys-policy.ts';
import { workJourneys } from './testing/journeys-work.ts';

let opened: JourneyHouse | { readonly absent: string };
before(async () => { opened = await JourneyHouse.open(); }, { timeout: 300_000 });
after(async () => { if (opened instanceof JourneyHouse) await opened.close(); });

const journey: Journey = (run) => async (t) => {
  if (!(opened instanceof JourneyHouse)) return t.skip(`skipped, because ${opened.absent}`);
  try {
    await run(opened);
  } finally {
    await opened.leave();
  }
};

lookJourneys(journey);
evidenceJourneys(journey);
workJourneys(journey);
lifeJourneys(journey);
policyJourneys(journey);
mishapJourneys(journey);
