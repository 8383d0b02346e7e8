/** People and keys of one firm of the fake nation: each act asks for presence, links and codes are told once. */
import { againBody, invitationBody, officerBody, revocationBody, type Answer, type RouteName } from '../../src/contract/console.ts';
import { DAY_US } from '../../src/terms/index.ts';
import { Turned } from './fake-turned.ts';
import { nowUs } from './nation-events.ts';
import { w } from './nation-firms.ts';

type People = Answer<'officers'>['items'];
type Keys = Answer<'clients'>['items'];
const compliance = { id: 'firm-compliance', title: w('Compliance officer', 'کمپلائنس افسر') };
const mlro = { id: 'mlro', title: w('Reporting officer', 'رپورٹنگ افسر') };

export class FakeOwnAccess {
  #people: People = [{ account: 'rind', name: 'T. Rind', organisation: 'firm', firm: 'BLN', roles: [compliance] }, { account: 'baloch', name: 'S. Baloch', organisation: 'firm', firm: 'BLN', roles: [mlro] }];
  #keys: Keys = [
    { id: 'bln-feed', firm: 'BLN', keyId: 'q1w2e3r4t5y6u7i8o9p0', algorithm: 'ES256', registeredAt: nowUs - 12 * DAY_US, revokedAt: null },
    { id: 'bln-old', firm: 'BLN', keyId: 'z9x8c7v6b5n4m3l2k1j0', algorithm: 'ES256', registeredAt: nowUs - 90 * DAY_US, revokedAt: nowUs - 13 * DAY_US },
  ];

  /** Answers a route of people and keys; null for every other one. */
  answer(name: RouteName, params: Record<string, string>, body: unknown, present: (body: unknown, stepUp: string | undefined) => void): unknown {
    switch (name) {
      case 'officers': return { items: this.#people, roles: [compliance, mlro].map((role) => ({ ...role, organisation: 'firm' })) } satisfies Answer<'officers'>;
      case 'clients': return { items: this.#keys } satisfies Answer<'clients'>;
      case 'registerOfficer': {
        const wanted = officerBody.parse(body);
        if (this.#people.some((one) => one.account === wanted.account)) throw new Turned('REQUEST_INVALID', 'account');
        present(body, wanted.stepUp);
        this.#people = [...this.#people, { account: wanted.account, name: wanted.name, organisation: 'firm', firm: 'BLN', roles: [compliance, mlro].filter((role) => wanted.roles.includes(role.id)) }];
        return this.#link(wanted.account);
      }
      case 'linkOfficer': present(body, againBody.parse(body).stepUp); return this.#link(params['account'] ?? '');
      case 'endOfficer': present(body, againBody.parse(body).stepUp); this.#people = this.#people.filter((one) => one.account !== params['account']); return {};
      case 'inviteClient': {
        const wanted = invitationBody.parse(body);
        present(body, wanted.stepUp);
        return { client: wanted.client, firm: wanted.firm, invitation: 'synthetic-code-of-one-use', expires: nowUs + 3 * DAY_US } satisfies Answer<'inviteClient'>;
      }
      case 'revokeClient': revocationBody.parse(body); this.#keys = this.#keys.map((one) => (one.id === params['id'] ? { ...one, revokedAt: nowUs } : one)); return {};
      default: return null;
    }
  }

  #link(account: string): Answer<'linkOfficer'> {
    return { account, link: 'http://localhost/link#synthetic-word-of-one-use', expires: nowUs + DAY_US };
  }
}
