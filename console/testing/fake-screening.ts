/** Screening of the fake nation: invented listed people, hits of invented customers, lists with versions, freezes. Every name is made up. */
import { freezeMoveBody, hitDecisionBody, hitSecondBody, takeListBody, type Answer, type FreezeRow, type HitAnswer, type HitRow, type ListedEntry, type RouteName, type StaffRef } from '../../src/contract/console.ts';
import { DAY_US, HOUR_US } from '../../src/terms/index.ts';
import { Turned } from './fake-turned.ts';
import { nowUs } from './nation-events.ts';
import { firms, staff, w } from './nation-firms.ts';

type Present = (body: unknown, stepUp: string | undefined) => void;
const house: StaffRef = { id: 'screening', name: 'Nigran', role: w('The house', 'نظام') };
const UN = w('UN Security Council consolidated list', 'اقوامِ متحدہ سلامتی کونسل کی فہرست');
const OFAC = w('OFAC Specially Designated Nationals', 'او ایف اے سی فہرست');
const clause = w('NOC Regulations 2025, reg. 12.2', 'این او سی ضوابط 2025، ضابطہ 12.2');

function entryOf(list: string, entry: string, names: readonly string[], change: Partial<ListedEntry> = {}): ListedEntry {
  return { list, entry, schema: 'Person', names: names.map((text, i) => ({ text, kind: i === 0 ? 'primary' : 'alias', quality: i > 1 ? 'weak' : 'strong' })), fatherNames: [], birthDates: [], nationalities: [], gender: 'male', identifiers: [], places: [], programs: ['SYNTHETIC'], ...change };
}

const LISTED = [
  entryOf('un', '6908555', ['MIRWAIS INVENTEDPROSCRIBED', 'میرویس اختراعی', 'M. Invented'], { birthDates: ['1979', '1979-03-02'], nationalities: ['af'], fatherNames: ['Sample Khan'], identifiers: [{ kind: 'passport', value: 'SYN000001', country: 'af' }], places: ['Invented district, Kandahar'] }),
  entryOf('ofac', '90001', ['INVENTEDLISTED, Zarghuna Bibi', 'Zarghona Inventedlisted'], { gender: 'female', birthDates: ['1990-01-02'], nationalities: ['pk'], places: ['Invented Road 1, Quetta'] }),
  entryOf('ofac', '90002', ['SAMPLE, Tariq Mahmood', 'SAMPLE, Tarek'], { birthDates: ['1965/1969'] }),
];

function hitAt(at: number, change: Partial<HitRow> = {}): HitRow {
  const listed = LISTED[at % LISTED.length] ?? LISTED[0];
  if (listed === undefined) throw new Error('somebody is listed');
  const isUn = listed.list === 'un';
  return {
    id: `SH-${410 + at}`, person: `${(0x7f3a91c2 + at * 7919).toString(16)}0000000000000000000000${at}f`.slice(0, 32), list: listed.list, title: isUn ? UN : OFAC, entry: listed.entry, name: listed.names[0]?.text ?? '', version: isUn ? '2026-11-20' : '2026-11-21', force: isUn ? 'freeze' : 'review',
    decision: at < 2 ? 'match' : 'review', ground: at < 2 ? 'evidence' : 'name', score: 0.99 - at * 0.03, strength: at < 2 ? 0.83 : 0.29, state: 'open', seen: 1, openedAt: nowUs - (at + 1) * 3 * HOUR_US, changedAt: nowUs - at * HOUR_US, proposed: null, until: null, isOwnProposal: false, ...change,
  };
}

/** The fake's hits and freezes, changed by acts. */
export class FakeScreening {
  readonly #hits: HitRow[] = [hitAt(0), hitAt(1, { seen: 2, proposed: { act: 'clear', by: staff.raza, until: nowUs + 90 * DAY_US } }), hitAt(2), hitAt(3, { state: 'confirmed', seen: 3 }), hitAt(4, { state: 'cleared', until: nowUs + 60 * DAY_US }), hitAt(5, { state: 'released' })];
  #freezes: FreezeRow[] = [this.#freeze(1, 'ordered'), this.#freeze(2, 'acknowledged', { contested: true, complaint: 'C-7' }), this.#freeze(3, 'to-release')];
  readonly #isEmpty: boolean;

  constructor(isEmpty: boolean) {
    this.#isEmpty = isEmpty;
  }

  /** Answers a route of screening; null for every other one. */
  answer(name: RouteName, given: { readonly params: Record<string, string>; readonly query: Record<string, string>; readonly body: unknown; readonly reader: StaffRef; readonly firm: string | null; readonly present: Present }): unknown {
    switch (name) {
      case 'hits': return this.#list(given.query, given.reader);
      case 'hit': return this.#hit(given.params['id'] ?? '', given.reader);
      case 'decideHit': return this.#decide(given);
      case 'secondHit': return this.#second(given);
      case 'lists': return this.#lists(given.reader);
      case 'listChange': return { list: given.params['list'] ?? '', version: given.params['version'] ?? '', before: '2026-11-18', counts: { added: 2, changed: 1, removed: 1 }, added: [{ entry: '90001', name: 'INVENTEDLISTED, Zarghuna Bibi', hits: 1 }, { entry: '90004', name: 'FRESHLY, Listedone', hits: 0 }], changed: [{ entry: '90002', name: 'SAMPLE, Tariq Mahmood', hits: 2, fields: ['names', 'birthDates'] }], removed: [{ entry: '90003', name: 'FORMERLY, Listedone', hits: 1 }] } satisfies Answer<'listChange'>;
      case 'takeList': { const body = takeListBody.parse(given.body); given.present(given.body, body.stepUp); return { taken: [{ list: 'un', files: body.files.map((file) => file.name), version: '2026-11-24', entries: 1_003, quarantined: 0, entry: 41 }, { list: 'ofac', files: ['sdn.csv'], version: '2026-11-24', entries: 12, quarantined: 0, code: 'LIST_SHRUNK', detail: '14965 of version 2026-11-21 became 12' }] } satisfies Answer<'takeList'>; }
      case 'confirmHeld': return { entry: 42, waits: false } satisfies Answer<'confirmHeld'>;
      case 'askLists': return { asOf: nowUs, answers: [JSON.stringify({ candidates: [{ list: 'ofac', entry: '90001', name: 'INVENTEDLISTED, Zarghuna Bibi', subject: 'ofac:90001', score: 0.93, decision: 'review', evidence: { strength: 0.31, says: ['"zarghuna" and "zarghuna": is the same word', 'only the list has: bibi'], listVersion: '2026-11-21' } }], decision: 'review', ignored: [], warnings: [{ code: 'QUERY_NATIONALITY_UNKNOWN', detail: 'Atlantis' }] })] } satisfies Answer<'askLists'>;
      case 'screenApplicant': return { entry: 44, lists: [{ list: 'un', version: '2026-11-24' }], filings: [{ form: 'a2', about: 'owner-1', result: 'review', near: [{ list: 'un', entry: '6908555', name: 'MIRWAIS INVENTEDPROSCRIBED', decision: 'review', ground: 'name', score: 0.91, strength: 0.3 }] }, { form: 'a3', about: 'mlro', result: null, code: 'FORM_ANSWER_INVALID', near: [] }] } satisfies Answer<'screenApplicant'>;
      case 'tuning': return this.#tuning();
      case 'freezes': return { asOf: nowUs, items: this.#isEmpty ? [] : this.#freezes.map((one) => ({ ...one, open: given.firm === null ? one.open.filter((act) => act !== 'acknowledge' && act !== 'release') : one.open.filter((act) => act === 'acknowledge' || act === 'release') })) } satisfies Answer<'freezes'>;
      case 'moveFreeze': return this.#move(given.params['id'] ?? '', given.body);
      default: return null;
    }
  }

  #own(hit: HitRow, reader: StaffRef): HitRow {
    return { ...hit, isOwnProposal: hit.proposed?.by.id === reader.id };
  }

  #list(query: Record<string, string>, reader: StaffRef): Answer<'hits'> {
    const all = this.#isEmpty ? [] : this.#hits;
    const of = (state: HitRow['state']): number => all.filter((hit) => hit.state === state).length;
    const items = all.filter((hit) => (query['waiting'] === 'yes' ? hit.proposed !== null : query['state'] === undefined || hit.state === query['state']) && (query['list'] === undefined || hit.list === query['list']) && (query['decision'] === undefined || hit.decision === query['decision']));
    return { asOf: nowUs, items: items.map((hit) => this.#own(hit, reader)), total: items.length, next: null, counts: { open: of('open'), match: 2, waiting: all.filter((hit) => hit.proposed !== null).length, confirmed: of('confirmed'), cleared: of('cleared'), released: of('released') } };
  }

  #find(id: string): HitRow {
    const hit = this.#hits.find((one) => one.id === id);
    if (hit === undefined) throw new Turned('NOT_FOUND');
    return hit;
  }

  #hit(id: string, reader: StaffRef): HitAnswer {
    const hit = this.#own(this.#find(id), reader);
    const listed = LISTED.find((one) => one.entry === hit.entry) ?? null;
    const words = hit.name.toLowerCase().split(/[^\p{L}]+/u).filter((word) => word !== '');
    return {
      asOf: nowUs, hit, listed, matcher: 'nigran-matcher/1', because: 'stated', takesTwo: hit.force === 'freeze' || hit.decision === 'match', mayDecide: hit.proposed === null && (hit.state === 'open' || hit.state === 'confirmed'), maySecond: hit.proposed !== null && !hit.isOwnProposal,
      words: { name: hit.name, met: words.slice(0, 2).map((word, i) => ({ word, how: i === 0 ? 'equal' : 'variant', similarity: i === 0 ? 1 : 0.97 })), left: words.slice(2), ownLeft: 1, byLetters: false, acrossScripts: hit.list === 'un' },
      features: hit.ground === 'name' ? [] : [{ feature: 'birth', says: 'born in the same year', effect: 0.02, evidence: 0.15 }, { feature: 'nationality', says: 'the list says AF', effect: -0.05, evidence: 0 }], missing: ['identifiers'],
      steps: [{ entry: 17, what: 'opened', by: house, second: null, reason: null, at: hit.openedAt }, ...(hit.proposed === null ? [] : [{ entry: 21, what: 'propose-clear', by: hit.proposed.by, second: null, reason: 'Synthetic: another birth place, as the firm wrote.', at: hit.changedAt }])],
      beside: this.#hits.filter((one) => one.id !== id).slice(0, 2).map((one) => ({ ...this.#own(one, reader), sameBearer: one.entry === hit.entry })), freezes: hit.state === 'confirmed' ? this.#freezes.slice(0, 1) : [], firms: ['SDX', 'KPX'],
    };
  }

  #decide({ params, body, reader, present }: { readonly params: Record<string, string>; readonly body: unknown; readonly reader: StaffRef; readonly present: Present }): Answer<'decideHit'> {
    const hit = this.#find(params['id'] ?? '');
    const wanted = hitDecisionBody.parse(body);
    if (wanted.seen !== hit.seen || hit.proposed !== null) throw new Turned('DECISION_STALE');
    const two = hit.force === 'freeze' || hit.decision === 'match';
    if (two) present(body, wanted.stepUp);
    Object.assign(hit, { seen: hit.seen + 1, ...(two ? { proposed: { act: wanted.act, by: reader, until: wanted.until ?? null } } : { state: wanted.act === 'confirm' ? 'confirmed' : 'cleared', until: wanted.until ?? null }) });
    return { entry: 30, waits: two };
  }

  #second({ params, body, reader, present }: { readonly params: Record<string, string>; readonly body: unknown; readonly reader: StaffRef; readonly present: Present }): Answer<'secondHit'> {
    const hit = this.#find(params['id'] ?? '');
    const wanted = hitSecondBody.parse(body);
    if (hit.proposed === null || wanted.seen !== hit.seen) throw new Turned('DECISION_STALE');
    if (wanted.verdict === 'approve' && hit.proposed.by.id === reader.id) throw new Turned('SECOND_PERSON_REQUIRED');
    if (wanted.verdict === 'approve') present(body, wanted.stepUp);
    Object.assign(hit, { seen: hit.seen + 1, ...(wanted.verdict === 'approve' ? { state: hit.proposed.act === 'confirm' ? 'confirmed' : 'cleared', until: hit.proposed.until } : {}), proposed: null });
    return { entry: 31, waits: false };
  }

  #lists(reader: StaffRef): Answer<'lists'> {
    const row = (list: string, title: typeof UN, force: 'freeze' | 'review', version: string, count: number, days: number): Answer<'lists'>['lists'][number] => ({
      list, title, holds: 'names', force, publisher: list === 'un' ? 'United Nations Security Council' : 'US Department of the Treasury', version, publishedAt: nowUs - days * DAY_US, admittedAt: nowUs - days * DAY_US + HOUR_US, entry: 12, count, quarantined: 0, ageUs: days * DAY_US, isStale: days > 2,
      held: list === 'ofac' ? [{ entry: 33, version: '2026-11-23', count: 12, lastGoodCount: count, at: nowUs - HOUR_US, isOwn: reader.id === staff.raza.id }] : [], appliedAt: nowUs - days * DAY_US + HOUR_US, openHits: this.#hits.filter((hit) => hit.list === list && hit.state === 'open').length,
      versions: [version, '2026-11-18'].map((one, at) => ({ version: one, publishedAt: nowUs - (days + at * 3) * DAY_US, admittedAt: nowUs - (days + at * 3) * DAY_US + HOUR_US, entry: 12 - at, count: count - at, quarantined: 0 })),
    });
    const wallets = { ...row('ofac', OFAC, 'review', '2026-06-25', 97, 152), holds: 'wallets' as const, held: [], appliedAt: null, openHits: 0 };
    return this.#isEmpty ? { asOf: nowUs, lists: [], missing: [{ list: 'un', title: UN, force: 'freeze' }] } : { asOf: nowUs, lists: [row('ofac', OFAC, 'review', '2026-11-21', 14_965, 3), wallets, row('un', UN, 'freeze', '2026-11-24', 1_003, 0)], missing: [{ list: 'nacta', title: w('Proscribed persons, NACTA', 'کالعدم افراد، نیکٹا'), force: 'freeze' }] };
  }

  #tuning(): Answer<'tuning'> {
    const people = this.#isEmpty ? 0 : 5_000;
    return { asOf: nowUs, people, threshold: 0.8, steps: Array.from({ length: 41 }, (_, i) => ({ at: (100 - i) / 100, people: people === 0 ? 0 : Math.round(1.18 ** i), confirmed: i > 1 ? 1 : 0, cleared: i > 8 ? 3 : 0 })) };
  }

  #freeze(n: number, state: FreezeRow['state'], change: Partial<FreezeRow> = {}): FreezeRow {
    const firm = firms[n]?.firm;
    const [listed] = LISTED;
    if (firm === undefined || listed === undefined) throw new Error('the fake nation has firms');
    const open: FreezeRow['open'] = state === 'ordered' ? ['acknowledge', 'complain'] : state === 'acknowledged' ? ['refuse'] : state === 'to-release' ? ['order-release'] : [];
    return { id: `AF-${50 + n}`, firm, customers: [`c-${1_000 + n}`], list: 'un', title: UN, clause, entry: listed.entry, name: listed.names[0]?.text ?? '', ground: 'decision', state, contested: false, complaint: null, orderedAt: nowUs - n * DAY_US, acknowledgedAt: state === 'ordered' ? null : nowUs - n * DAY_US + HOUR_US, releasedAt: null, open, steps: [{ entry: 18, act: 'order', note: '', at: nowUs - n * DAY_US }, ...(state === 'ordered' ? [] : [{ entry: 19, act: 'acknowledge', note: 'Synthetic: frozen at once.', at: nowUs - n * DAY_US + HOUR_US }])], ...change };
  }

  #move(id: string, body: unknown): Answer<'moveFreeze'> {
    const wanted = freezeMoveBody.parse(body);
    if (!this.#freezes.some((one) => one.id === id && one.open.includes(wanted.act))) throw new Turned('DECISION_STALE');
    const next = { acknowledge: 'acknowledged', complain: 'ordered', refuse: 'acknowledged', 'order-release': 'release-ordered', release: 'released' } as const;
    this.#freezes = this.#freezes.map((one) => (one.id === id ? { ...one, state: next[wanted.act], open: [] } : one));
    return { entry: 35, waits: false };
  }
}
