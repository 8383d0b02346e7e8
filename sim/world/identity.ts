/**
 * What names an invented person, as a firm would seal it for the vault. Nothing of it can be a real one:
 * a citizen number here begins with 00, and a real CNIC begins with the number of its province (1 to 8), so
 * none was ever issued; a company's registration begins with SYN; e-mail is at example.com, which RFC 2606
 * keeps free; there is no telephone number, because Pakistan keeps none free for fiction.
 */

import { Chance, PURPOSE, type SeedKey } from './chance.ts';
import { FAMILIES, MEN, TRADES, WOMEN, type Name } from './names.ts';
import type { Person } from './people.ts';

/** An identity as it is sealed. */
export type WorldIdentity = Readonly<Record<string, unknown>>;

const BIRTH_YEARS: Readonly<Record<string, readonly [number, number]>> = {
  '18-24': [2002, 2007], '25-34': [1992, 2001], '35-44': [1982, 1991], '45-54': [1972, 1981], '55-64': [1962, 1971], '65over': [1942, 1961],
};
const TOWNS: readonly Name[] = [['Lahore', 'لاہور'], ['Karachi', 'کراچی'], ['Rawalpindi', 'راولپنڈی'], ['Faisalabad', 'فیصل آباد'], ['Multan', 'ملتان'], ['Peshawar', 'پشاور'], ['Quetta', 'کوئٹہ'], ['Hyderabad', 'حیدرآباد']];

/** The identity of a person: the same at every firm, because people are who they are. */
export function identityOf(key: SeedKey, person: Person): WorldIdentity {
  const chance = new Chance(key, PURPOSE.identity, person.index);
  return person.profile.type === 'company' ? companyOf(chance, person) : personOf(chance, person);
}

/** `00` and eleven digits of the person's number: no locality begins with a zero. */
function citizenNumber(index: number): string {
  const digits = `00${String(index + 1).padStart(11, '0')}`;
  return `${digits.slice(0, 5)}-${digits.slice(5, 12)}-${digits.slice(12)}`;
}

function personOf(chance: Chance, person: Person): WorldIdentity {
  const given = chance.happens(0.68) ? chance.pick(MEN) : chance.pick(WOMEN);
  const family = chance.pick(FAMILIES);
  const father = chance.pick(MEN);
  const town = chance.pick(TOWNS);
  const [from, to] = BIRTH_YEARS[person.profile.ageBand ?? ''] ?? [1980, 1999];
  const birthDate = `${chance.between(from, to)}-${String(chance.between(1, 12)).padStart(2, '0')}-${String(chance.between(1, 28)).padStart(2, '0')}`;
  return {
    v: 1, type: 'person', name: `${given[0]} ${family[0]}`, nameUr: `${given[1]} ${family[1]}`, fatherName: `${father[0]} ${family[0]}`,
    cnic: citizenNumber(person.index), birthDate, nationality: 'PK', address: `House ${chance.between(1, 400)}, Street ${chance.between(1, 60)}, ${town[0]} (synthetic)`,
    contact: { email: `p${person.index}@example.com` },
  };
}

function companyOf(chance: Chance, person: Person): WorldIdentity {
  const family = chance.pick(FAMILIES);
  const trade = chance.pick(TRADES);
  return {
    v: 1, type: 'company', name: `${family[0]} ${trade[0]} (Synthetic) Ltd`, nameUr: `${family[1]} ${trade[1]} (مصنوعی)`, country: 'PK',
    registrationNumber: `SYN${String(person.index + 1).padStart(9, '0')}`, incorporatedOn: `${chance.between(1998, 2024)}-${String(chance.between(1, 12)).padStart(2, '0')}-01`,
    address: `${chance.between(1, 90)} Industrial Estate (synthetic)`, contact: { email: `c${person.index}@example.com` },
  };
}
