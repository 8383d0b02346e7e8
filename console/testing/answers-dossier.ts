/** The fake server's dossiers: invented firms before the authority, with a gate of each kind, clocks of each state, letters, measures and duties. */
import { createHash } from 'node:crypto';
import type { Answer, Provenance } from '../../src/contract/console.ts';
import { DAY_US } from '../../src/terms/index.ts';
import { nowUs } from './nation-events.ts';
import { clause, firms, stages, w, type FakeFirm } from './nation-firms.ts';
import { dayOfUs } from './nation.ts';

export type FakeDossier = { -readonly [K in keyof Answer<'dossier'>]: Answer<'dossier'>[K] };
type Step = FakeDossier['steps'][number];
type Gate = Step['gates'][number];

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const at = (days: number): number => nowUs - Math.round(days * DAY_US);
const law = clause('prescribed', 'Example Act, s.4', 'مثالی ایکٹ، s.4');
const ours = clause('assumption', 'Example default', 'مثالی طے شدہ');

/** Texts behind hashes. */
export const objects = new Map<string, string>();
const kept = (text: string): string => { objects.set(sha(text), text); return sha(text); };

const gate = (name: string, en: string, ur: string, state: Gate['state'], shown: Gate['shown'], more: Partial<Gate> = {}): Gate => ({ gate: name, title: w(en, ur), state, shown, about: [], criteria: [], lacks: [], entry: state === 'met' ? 40 : null, provenance: law, ...more });
const criterion = (name: string, en: string, ur: string) => ({ criterion: name, title: w(en, ur) });
const criteria = [criterion('fitness', 'Fitness of owners and managers', 'مالکان اور منتظمین کی اہلیت'), criterion('framework', 'Readiness of the framework', 'فریم ورک کی تیاری'), criterion('governance', 'Governance', 'نظمِ ادارہ')];

const grantGates: readonly Gate[] = [
  gate('forms', 'Application complete', 'درخواست مکمل', 'unmet', 'filed', { about: ['a1', 'a3'], lacks: [{ what: 'form', name: 'a4', title: w('Framework statement', 'فریم ورک کا بیان'), why: 'missing' }, { what: 'document', name: 'policy', title: w('Board policy', 'بورڈ کی پالیسی'), why: 'not-searchable' }] }),
  gate('fee', 'Application fee paid', 'درخواست کی فیس ادا', 'unmet', 'recorded', { lacks: [{ what: 'moment', name: 'fee-paid', title: w('Fee paid', 'فیس ادا'), why: 'missing' }] }),
  gate('people', 'Key individuals fit and proper', 'کلیدی افراد موزوں اور اہل', 'unmet', 'found', { about: ['a3'], criteria: criteria.slice(0, 1), lacks: [{ what: 'finding', name: 'people', title: w('Key individuals fit and proper', 'کلیدی افراد موزوں اور اہل'), why: 'stale' }, { what: 'role', name: 'mlro', title: w('Reporting officer', 'رپورٹنگ افسر'), why: 'missing' }] }),
  gate('screening', 'Owners and key individuals screened', 'مالکان اور کلیدی افراد کی اسکریننگ', 'not-run', 'screened', { about: ['a1', 'a3'], provenance: ours, lacks: [{ what: 'screening', name: 'a3/ceo', title: w('Fit and proper: ceo', 'اہلیت: ceo'), why: 'not-run' }] }),
  gate('assessment', 'Assessed by the criteria', 'معیارات پر جانچا گیا', 'met', 'found', { criteria, entry: 41 }),
];
const refuse: Step = { event: 'refuse', title: w('Application refused', 'درخواست رد'), from: 'noc-application', to: stages.noc.stage, second: true, way: 'end', own: false, namesServices: false, gates: [], provenance: law, caps: [] };

function stepsOf(one: FakeFirm): Step[] {
  const suspend: Step = { event: 'suspend', title: w('Suspended', 'معطل'), from: stages[one.at].stage.id, to: stages.suspended.stage, second: true, way: 'sanction', own: false, namesServices: false, gates: [gate('heard', 'Noticed and heard', 'نوٹس اور سماعت', 'unmet', 'recorded', { lacks: [{ what: 'moment', name: 'hearing-held', title: w('Hearing held', 'سماعت ہوئی'), why: 'missing' }] })], provenance: law, caps: [] };
  switch (one.at) {
    case 'application': return [{ event: 'grant', title: w('Certificate granted', 'سرٹیفکیٹ جاری'), from: stages[one.at].stage.id, to: stages.noc.stage, second: true, way: 'forward', own: false, namesServices: false, gates: [...grantGates], provenance: law, caps: [] }, refuse];
    case 'noc': return [{ event: 'register', title: w('goAML registration complete', 'goAML رجسٹریشن مکمل'), from: stages[one.at].stage.id, to: stages.aml.stage, second: true, way: 'forward', own: false, namesServices: false, gates: [gate('goaml', 'Registered on goAML', 'goAML پر رجسٹرڈ', 'met', 'recorded'), gate('diligence', 'Due diligence live', 'جانچ جاری', 'met', 'found', { criteria: criteria.slice(0, 2) })], provenance: law, caps: [] }];
    case 'licensing': return [{ event: 'license', title: w('Licence granted', 'لائسنس جاری'), from: stages[one.at].stage.id, to: stages.licensed.stage, second: true, way: 'forward', own: false, namesServices: true, gates: [gate('assessed', 'Assessed again', 'دوبارہ جانچا گیا', 'met', 'found', { criteria })], provenance: law, caps: [] }, suspend];
    case 'revoked': return [];
    default: return [suspend];
  }
}

const clock = (name: string, en: string, ur: string, state: FakeDossier['clocks'][number]['state'], ends: FakeDossier['clocks'][number]['ends'], days: number | null, provenance: Provenance = law): FakeDossier['clocks'][number] =>
  ({ clock: name, title: w(en, ur), startedAt: at(40), state, ends, day: days === null ? null : dayOfUs(nowUs + days * DAY_US), provisional: days === 60, word: state === 'word' ? 'promptly' : null, provenance, answer: state === 'answered' ? { at: at(12), entry: 4_120 } : null });
const clocks = [
  clock('decision', 'Decision after the assessment', 'جائزے کے بعد فیصلہ', 'runs', 'open', 5), clock('completeness', 'Check of completeness', 'تکمیل کی جانچ', 'ran-out', 'overdue', -3, ours), clock('notice', 'Notice before a hearing', 'سماعت سے پہلے نوٹس', 'unset', 'open', null, { status: 'unset', clause: null }),
  clock('answer', 'Answer to a question', 'سوال کا جواب', 'stopped', 'overdue', null, ours), clock('report', 'Report of a change', 'تبدیلی کی اطلاع', 'word', 'overdue', null), clock('appeal', 'Appeal to the tribunal', 'ٹریبونل میں اپیل', 'runs', 'open', 60), clock('tribunal', 'Decision of the tribunal', 'ٹریبونل کا فیصلہ', 'ran-out', 'open', -9), clock('hearing', 'Hearing', 'سماعت', 'answered', 'open', 9),
];

type Rung = FakeDossier['ladder'][number];
const rung = (name: string, en: string, ur: string, more: Partial<Rung> = {}): Rung => ({ rung: name, title: w(en, ur), means: w('In writing, with reasons.', 'تحریری، وجوہات کے ساتھ۔'), event: null, capMinor: null, hearing: false, second: true, clocks: ['appeal'], provenance: law, ...more });
const ladder = [
  rung('demand', 'Information demand', 'معلومات کا مطالبہ', { second: false }), rung('warning', 'Public warning', 'عوامی انتباہ', { provenance: ours }), rung('fine', 'Administrative fine', 'انتظامی جرمانہ', { capMinor: 2_500_000_000 }),
  rung('suspension', 'Suspension', 'معطلی', { event: 'suspend', hearing: true, clocks: ['notice', 'appeal'] }), rung('revocation', 'Revocation', 'منسوخی', { event: 'revoke', hearing: true }),
];

const due = (one: FakeFirm, duty: string, en: string, ur: string, state: FakeDossier['due'][number]['state'], days: number | null, provenance: Provenance = law): FakeDossier['due'][number] =>
  ({ firm: one.firm, obligation: duty, title: w(en, ur), means: w('What it asks for, in words.', 'کیا درکار ہے، الفاظ میں۔'), occurrence: days === null ? '#1' : dayOfUs(nowUs + (days - 10) * DAY_US), day: days === null ? null : dayOfUs(nowUs + days * DAY_US), provisional: days === 26, state, binds: provenance.status === 'prescribed', doneBy: 'submission', form: null, provenance, waiver: null });
const dueOf = (one: FakeFirm): FakeDossier['due'] => (one.at === 'application' || !one.firm.invented ? [] : [
  ...(one.firm.code === 'MKB' ? [due(one, 'change', 'Notice of a change', 'تبدیلی کی اطلاع', 'breach', -12)] : []), ...(one.firm.code === 'DSM' ? [due(one, 'audit', 'Yearly audit', 'سالانہ آڈٹ', 'overdue', -2)] : []),
  due(one, 'return', 'Monthly return', 'ماہانہ گوشوارہ', 'reminds', -4, ours), due(one, 'reserves', 'Proof of reserves', 'ذخائر کا ثبوت', 'due', 5 + one.firm.code.charCodeAt(0) % 3), due(one, 'yearly', 'Yearly AML return', 'سالانہ AML گوشوارہ', 'due', 26, ours), due(one, 'moment', 'Answer to a demand', 'مطالبے کا جواب', 'open', null, { status: 'unset', clause: null }),
]);

const answers = (row: Record<string, unknown>): string => kept(JSON.stringify({ firm: [row] }));
const formOf = (form: string, code: string, en: string, ur: string, about: string, n: number, faults: number, filedFor: string, roles: string[] = []): FakeDossier['forms'][number] =>
  ({ form, code, title: w(en, ur), about, n, at: at(20 - n), faults, answers: answers({ purpose: `Answer ${code} ${about} ${n}`, customers: 1_200 + n }), sealed: filedFor === 'person', filedFor, roles: roles.map((role) => ({ role, title: w(`Position ${role}`, `عہدہ ${role}`) })) });

function filed(): Pick<FakeDossier, 'forms' | 'documents' | 'letters' | 'measures'> {
  const paper = (document: string, title: string, n: number, searchable: boolean): FakeDossier['documents'][number] => ({ document, title, label: `${n}.0`, n, at: at(18), sha256: kept(`paper ${document} ${n}`), pages: 4 + n, searchable, board: document !== 'policy' });
  const letter = (entry: number, from: 'authority' | 'firm', role: 'letter' | 'question' | 'answer' | 'decision', subject: string, text: string, open: boolean, to: number | null = null): FakeDossier['letters'][number] => ({ entry, at: at(9) + entry * 60_000_000, from, role, subject, text: kept(text), answers: to, open, attachments: [] });
  return {
    forms: [formOf('a1', 'A1', 'Application', 'درخواست', '', 1, 3, 'firm'), formOf('a1', 'A1', 'Application', 'درخواست', '', 2, 0, 'firm'), formOf('a2', 'A2', 'Owner', 'مالک', 'owner-1', 1, 0, 'person'), formOf('a3', 'A3', 'Fit and proper', 'اہلیت', 'ceo', 1, 0, 'person', ['ceo']), formOf('a3', 'A3', 'Fit and proper', 'اہلیت', 'cfo', 1, 2, 'person', ['cfo'])],
    documents: [paper('policy', 'Policy against money laundering', 1, false), paper('risk', 'Risk assessment', 1, true), paper('risk', 'Risk assessment', 2, true)],
    letters: [letter(30, 'authority', 'question', 'Owners', 'Who holds the shares of the holding company?', false), letter(31, 'firm', 'answer', 'Owners', 'Two persons, by form A2.', false, 30), letter(32, 'authority', 'question', 'Safe keeping', 'Where are the keys kept?', true)],
    measures: [{ entry: 35, at: at(6), by: 'licensing', second: null, rung: 'demand', title: w('Information demand', 'معلومات کا مطالبہ'), target: 'The firm', terms: 'Balances of all wallets within ten days.', reasons: 'The feed was silent for two days.', fineMinor: null, plan: null }],
  };
}

const screened: NonNullable<FakeDossier['weighed']>['screening'] = { entry: 38, at: at(15), by: 'licensing', lists: [{ list: 'un', title: w('UN list', 'اقوام متحدہ کی فہرست'), version: '2026-11-01' }], results: [{ form: 'a2', about: 'owner-1', result: 'clear' }, { form: 'a3', about: 'cfo', result: 'review' }] };

function weighedOf(): NonNullable<FakeDossier['weighed']> {
  return {
    conflict: false, deputies: [], standsInFor: [], screening: screened,
    findings: [{ gate: 'assessment', title: w('Assessed by the criteria', 'معیارات پر جانچا گیا'), about: [], outcome: 'met', entry: 41, at: at(3), by: 'licensing', seen: 40, reasons: 'Each criterion stands on what was filed.', criteria: criteria.map((one, place) => ({ ...one, note: `Note on criterion ${place + 1}.`, score: place === 2 ? null : 4 })) }],
    moments: [{ event: 'fee-paid', title: w('Fee paid', 'فیس ادا'), by: 'outside', provenance: law }, { event: 'hearing-held', title: w('Hearing held', 'سماعت ہوئی'), by: 'authority', provenance: law }], lists: [{ list: 'un', title: w('UN list', 'اقوام متحدہ کی فہرست') }, { list: 'home', title: w('Home list', 'ملکی فہرست') }],
  };
}

export function dossierOf(one: FakeFirm): FakeDossier {
  const has = one.firm.invented && one.at !== 'noc' ? filed() : { forms: [], documents: [], letters: [], measures: [] };
  const said = (entry: number, en: string, ur: string, about: string, second: string | null): FakeDossier['history'][number] => ({ entry, at: at(41 - entry), title: w(en, ur), about, actor: 'licensing', second, basis: 'Example Act, s.4' });
  return {
    asOf: nowUs, firm: one.firm, stage: stages[one.at].stage, version: 41, way: [], steps: one.firm.invented ? stepsOf(one) : [], clocks: one.firm.invented ? clocks : [], due: dueOf(one), ...has, caps: one.at === 'aml' ? [{ limit: 'customers', title: w('Customers at most', 'زیادہ سے زیادہ گاہک'), unit: 'count', value: 50_000, entry: 36, provenance: law }] : [], capsOpen: one.at === 'aml' ? [{ limit: 'customers', title: w('Customers at most', 'زیادہ سے زیادہ گاہک'), unit: 'count', per: 'firm', window: null, provenance: law }, { limit: 'traded', title: w('Traded within 30 days at most', '30 دن میں زیادہ سے زیادہ لین دین'), unit: 'money', per: 'firm', window: '30 d', provenance: law }] : [], proposals: [], ladder: one.firm.invented ? ladder : [], weighed: weighedOf(),
    history: one.firm.invented ? [said(41, 'Gate judged', 'شرط جانچی گئی', 'assessment', null), said(30, 'Letter sent', 'خط بھیجا گیا', 'Owners', null), said(3, 'Stage changed', 'مرحلہ بدلا', one.at, 'supervisor')] : [],
  };
}

export const formsAnswer = (): Answer<'forms'> => ({
  documents: [], moments: [],
  forms: [['a1', 'A1', 'firm', 'Application', 'درخواست'], ['a2', 'A2', 'person', 'Owner', 'مالک'], ['a3', 'A3', 'person', 'Fit and proper', 'اہلیت']].map(([form = '', code = '', filedFor = '', en = '', ur = '']) => ({
    form, code, title: w(en, ur), means: w('One for each controller at 20% and above.', 'ہر ایسے مالک کے لیے جس کا حصہ 20% یا زیادہ ہو۔'), filedFor, stages: ['noc-application'], note: 'Invented.', provenance: law,
    sections: [{ section: 'firm', number: '1', title: w('The firm', 'ادارہ'), repeats: false, fields: [
      { field: 'purpose', label: w('Purpose', 'مقصد'), type: 'text', required: true, identity: false, choices: null }, { field: 'customers', label: w('Customers', 'گاہک'), type: 'count', required: true, identity: false, choices: null }, { field: 'name', label: w('Full name', 'پورا نام'), type: 'text', required: true, identity: true, choices: null },
    ] }],
  })),
});

export const fakeFirms = firms;
