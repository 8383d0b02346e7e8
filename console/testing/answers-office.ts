/** The office of the made-up authority: one conflict of interest, one deputy who is set and one who waits. */
import type { Answer } from '../../src/contract/console.ts';
import { DAY_US } from '../../src/terms/index.ts';
import { staff, w } from './nation-firms.ts';
import { nowUs } from './nation-events.ts';

const titled = { id: 'supervisor', title: w('Supervisor', 'نگران افسر') };

export function conflictsAnswer(reader: string): Answer<'conflicts'> {
  return { items: [{ account: staff.malik.id, name: staff.malik.name, firm: 'SDX', mine: reader === staff.malik.id }] };
}

export function deputiesAnswer(reader: string): Answer<'deputies'> {
  const one = (proposal: number, state: 'waits' | 'set', matters: 'conflicts' | 'all'): Answer<'deputies'>['items'][number] => ({
    proposal, account: staff.malik.id, name: staff.malik.name, deputy: staff.raza.id, deputyName: staff.raza.name, role: titled, matters, from: nowUs, to: nowUs + 14 * DAY_US, reason: 'On leave for two weeks (invented).', state,
    proposedBy: staff.baig.id, secondBy: state === 'set' ? staff.siddiqui.id : null, mine: reader === staff.baig.id, maySecond: state === 'waits' && reader !== staff.baig.id && reader !== staff.raza.id,
  });
  return { asOf: nowUs, items: [one(812, 'waits', 'all'), one(790, 'set', 'conflicts')], officers: Object.values(staff).slice(0, 4).map(({ id, name }) => ({ account: id, name, roles: [titled] })) };
}
