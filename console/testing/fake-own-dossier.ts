/**
 * The dossier of one firm of the fake nation, kept like the real one: forms and documents in versions, letters, what
 * is owed. Its framework is invented and says so: one form with a field of every type, one that is filed for a person.
 */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { dischargeBody, documentBody, formBody, letterBody, momentBody, type Answer, type RouteName } from '../../src/contract/console.ts';
import { DAY_US } from '../../src/terms/index.ts';
import { Turned } from './fake-turned.ts';
import { nowUs } from './nation-events.ts';
import { clause, firms, stages, w } from './nation-firms.ts';

type Dossier = Answer<'dossier'>;
type Form = Answer<'forms'>['forms'][number];
type Field = Form['sections'][number]['fields'][number];

const law = clause('prescribed', 'Example Act, s.1', 'مثالی ایکٹ، s.1');
const assumed = clause('assumption', 'this system’s own', 'اس نظام کا اپنا');
const field = (name: string, type: string, en: string, ur: string, more: Partial<Field> = {}): Field => ({ field: name, label: w(en, ur), type, required: true, identity: false, choices: null, ...more });
const choices = [{ choice: 'foreign', label: w('Foreign entity', 'غیر ملکی ادارہ') }, { choice: 'local', label: w('Local entity', 'مقامی ادارہ') }];
const roles = [{ choice: 'ceo', label: w('Chief executive officer', 'چیف ایگزیکٹو افسر') }, { choice: 'mlro', label: w('Reporting officer', 'رپورٹنگ افسر') }];
const offers = [{ choice: 'exchange', label: w('Exchange', 'ایکس‌چینج') }, { choice: 'custody', label: w('Custody', 'تحویل') }, { choice: 'lending', label: w('Lending', 'قرض') }];

const forms: readonly Form[] = [
  {
    form: 'x1', code: 'X1', title: w('Example application', 'مثالی درخواست'), means: w('Invented for the tests of the console: a field of every type.', 'کنسول کی جانچ کے لیے فرضی: ہر قسم کا ایک خانہ۔'), filedFor: 'firm', stages: ['noc-application'], note: 'invented', provenance: law,
    sections: [
      { section: 'applicant', number: '1', title: w('Applicant', 'درخواست گزار'), repeats: false, fields: [field('name', 'text', 'Legal name', 'قانونی نام'), field('country', 'country', 'Country of incorporation', 'ملکِ قیام'), field('address', 'long-text', 'Registered address', 'رجسٹرڈ پتہ'), field('email', 'email', 'Contact email', 'رابطہ ای میل', { identity: true }), field('phone', 'phone', 'Telephone', 'فون', { required: false })] },
      { section: 'services', number: '2', title: w('Services sought', 'مطلوبہ خدمات'), repeats: false, fields: [field('services', 'services', 'Services', 'خدمات', { choices: offers }), field('serves', 'yes-no', 'Serves customers already', 'پہلے سے صارفین'), field('customers', 'number', 'Customers today', 'آج کے صارفین'), field('capital', 'money', 'Paid-up capital', 'ادا شدہ سرمایہ'), field('share', 'share', 'Share held', 'ملکیتی حصہ', { required: false })] },
      { section: 'people', number: '3.2', title: w('Key individuals', 'کلیدی افراد'), repeats: true, fields: [field('entity', 'choice', 'Entity', 'ادارہ', { choices }), field('role', 'role', 'Role', 'عہدہ', { choices: roles }), field('full-name', 'text', 'Full name', 'پورا نام', { identity: true }), field('appointed', 'date', 'Appointed', 'تقرری'), field('cv', 'document', 'CV', 'سی وی', { identity: true })] },
      { section: 'papers', number: '4', title: w('Papers', 'کاغذات'), repeats: false, fields: [field('policy', 'document', 'Policy', 'پالیسی'), field('wallets', 'wallet', 'Wallets', 'والٹ', { required: false }), field('signed', 'signature', 'Signature', 'دستخط', { identity: true })] },
    ],
  },
  {
    form: 'x2', code: 'X2', title: w('Example statement of a person', 'فرد کا مثالی بیان'), means: w('Invented: one filing for each person.', 'فرضی: ہر فرد کے لیے ایک۔'), filedFor: 'person', stages: ['noc-application'], note: 'invented', provenance: law,
    sections: [{ section: 'person', number: '1', title: w('Person', 'فرد'), repeats: false, fields: [field('full-name', 'text', 'Full name', 'پورا نام', { identity: true }), field('role', 'role', 'Role', 'عہدہ', { choices: roles })] }],
  },
];
const documents = [{ document: 'part.policy', title: w('Policy, approved by the board', 'پالیسی، بورڈ سے منظور'), boardApproved: true, provenance: law }, { document: 'part.training', title: w('Training programme', 'تربیتی پروگرام'), boardApproved: false, provenance: law }];
const moments = [{ event: 'company-incorporated', title: w('The company was incorporated', 'کمپنی قائم ہوئی'), provenance: law }];
const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
const day = (days: number): string => new Date((nowUs + days * DAY_US) / 1000).toISOString().slice(0, 10);

/** What the firm may do: one service of two, a cap that binds, one that only reminds, one that nobody set. */
function headroomOf(dossier: Dossier): Answer<'headroom'> {
  const limit = (name: string, en: string, ur: string, more: Partial<Answer<'headroom'>['limits'][number]>): Answer<'headroom'>['limits'][number] => ({
    limit: name, title: w(en, ur), measure: name, per: 'firm', window: null, unit: 'count', bound: 'ceiling', limitValue: null, isWorkingDefault: false, live: null, provenance: law, ...more,
  });
  return {
    asOf: nowUs, firm: dossier.firm, stage: dossier.stage,
    services: offers.map((one) => ({ id: one.choice, title: one.label, open: one.choice !== 'lending', provenance: law })),
    limits: [
      limit('customers', 'Customers at most', 'زیادہ سے زیادہ صارفین', { limitValue: 400, live: 400 }), limit('assets', 'Assets offered at most', 'زیادہ سے زیادہ اثاثے', { limitValue: 20, provenance: assumed }),
      limit('paid-out', 'Paid out to one customer within 24 hours at most', '24 گھنٹے میں ایک صارف کو زیادہ سے زیادہ ادائیگی', { per: 'customer', window: '24 h', unit: 'money', provenance: clause('unset', 'Example Rules, r.4', 'مثالی قواعد، r.4') }),
      limit('feed-lag', 'Feed behind by at most', 'فیڈ کی زیادہ سے زیادہ تاخیر', { unit: 'duration', limitValue: 900_000_000, live: 2_000_000, isWorkingDefault: true, provenance: assumed }),
    ],
    conditions: [{ condition: 'diligence', title: w('Due diligence first', 'پہلے جانچ'), text: w('Each customer is identified before the first service.', 'ہر صارف کی پہلی خدمت سے پہلے شناخت۔'), provenance: law }],
  };
}

export class FakeOwnDossier {
  readonly #firm = firms.find((one) => one.firm.code === 'BLN') ?? firms[0];
  readonly #objects = new Map<string, string>();
  readonly #forms: Dossier['forms'] = [];
  readonly #documents: Dossier['documents'] = [];
  readonly #letters: Dossier['letters'] = [];
  readonly #done = new Set<string>();
  #entry = 900;

  constructor() {
    this.#file({ form: 'x1', about: '', answers: { applicant: [{ name: 'Bolan Digital (invented)', country: 'PK' }] }, sealedFields: [] });
    this.#file({ form: 'x2', about: 'ceo', answers: { person: [{ role: 'ceo' }] }, sealed: 'x.x.x.x.x', sealedFields: ['person.full-name'] });
    this.#keep({ document: 'part.policy', title: 'Policy of 2026 (invented)', label: '1.0', language: 'en', base64: Buffer.from('%PDF-1.4 invented').toString('base64') }, false);
    this.#keep({ document: 'part.policy', title: 'Policy of 2026 (invented)', label: '1.1', language: 'en', base64: Buffer.from('%PDF-1.4 invented, again').toString('base64') }, true);
    this.#send('authority', { role: 'question', subject: 'Owners behind the trust', text: 'Who are the beneficiaries of the trust that holds 40 %?', attachments: [] });
    this.#send('firm', { role: 'letter', subject: 'Change of address', text: 'We moved to another floor of the same house.', attachments: [] });
  }

  /** Answers a route of the dossier; null for every other one. */
  answer(name: RouteName, params: Record<string, string>, body: unknown): unknown {
    switch (name) {
      case 'forms': return { forms: [...forms], documents, moments } satisfies Answer<'forms'>;
      case 'sealingKey': return { kid: 'fake', kty: 'EC', crv: 'P-256', x: key.x ?? '', y: key.y ?? '', alg: 'ECDH-ES+A256KW', use: 'enc' } satisfies Answer<'sealingKey'>;
      case 'headroom': return headroomOf(this.#whole());
      case 'dossier': return this.#whole();
      case 'dossierObject': { const base64 = this.#objects.get(params['sha256'] ?? ''); if (base64 === undefined) throw new Turned('NOT_FOUND'); return { sha256: params['sha256'], base64 }; }
      case 'fileForm': return this.#file(formBody.parse(body));
      case 'fileDocument': return this.#keep(documentBody.parse(body), Buffer.from(documentBody.parse(body).base64, 'base64').includes('Font'));
      case 'sendLetter': return this.#send('firm', letterBody.parse(body));
      case 'recordMoment': if (momentBody.parse(body).at > nowUs) throw new Turned('DECISION_INVALID', 'at'); return { entry: this.#next(), waits: false };
      case 'discharge': { const told = dischargeBody.parse(body); this.#done.add(told.obligation); return { entry: this.#next(), waits: false }; }
      default: return null;
    }
  }

  #next(): number {
    this.#entry += 1;
    return this.#entry;
  }

  #put(bytes: Buffer): string {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    this.#objects.set(sha256, bytes.toString('base64'));
    return sha256;
  }

  #file(body: ReturnType<typeof formBody.parse>): Answer<'fileForm'> {
    const shape = forms.find((one) => one.form === body.form);
    if (shape === undefined) throw new Turned('FORM_UNKNOWN', 'form');
    const missing: Answer<'fileForm'>['missing'] = [];
    for (const section of shape.sections) {
      for (const [at, row] of (body.answers[section.section] ?? [{}]).entries()) {
        for (const one of section.fields) {
          const place = section.repeats && body.answers[section.section] !== undefined ? `${section.section}.${at}.${one.field}` : `${section.section}.${one.field}`;
          const value = row[one.field];
          if (one.identity && value !== undefined) throw new Turned('FORM_IDENTITY_OPEN', place);
          if (one.type === 'number' && value !== undefined && typeof value !== 'number') throw new Turned('FORM_ANSWER_INVALID', place);
          if (one.required && value === undefined && !(one.identity && body.sealedFields.includes(`${section.section}.${one.field}`))) missing.push({ place, why: 'missing' });
        }
      }
    }
    const { form, about, answers, sealedFields } = body;
    const n = this.#forms.filter((one) => one.form === form && one.about === about).length + 1;
    this.#forms.push({ form, code: shape.code, title: shape.title, about, n, at: nowUs - 3_600_000_000, faults: missing.length, answers: this.#put(Buffer.from(JSON.stringify({ form, about, answers, sealedFields }))), sealed: body.sealed !== undefined, filedFor: shape.filedFor, roles: [] });
    return { entry: this.#next(), missing };
  }

  #keep(body: ReturnType<typeof documentBody.parse>, searchable: boolean): Answer<'fileDocument'> {
    const bytes = Buffer.from(body.base64, 'base64');
    if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Turned('DOCUMENT_INVALID', 'bytes');
    const sha256 = this.#put(bytes);
    this.#documents.push({ document: body.document, title: body.title, label: body.label, n: this.#documents.filter((one) => one.document === body.document).length + 1, at: nowUs - 7_200_000_000, sha256, pages: 12, searchable, board: body.board !== undefined });
    return { entry: this.#next(), sha256, pages: 12, searchable };
  }

  #send(from: 'authority' | 'firm', body: ReturnType<typeof letterBody.parse>): Answer<'sendLetter'> {
    const entry = this.#next();
    for (const one of this.#letters) if (one.entry === body.answers) Object.assign(one, { open: false });
    this.#letters.push({ entry, at: nowUs - 1_800_000_000, from, role: body.role, subject: body.subject, text: this.#put(Buffer.from(body.text)), attachments: body.attachments, answers: body.answers ?? null, open: body.role === 'question' });
    return { entry, waits: false };
  }

  #gates(): Dossier['steps'][number]['gates'] {
    const faulty = this.#forms.findLast((one) => one.form === 'x1');
    const lacks: Dossier['steps'][number]['gates'][number]['lacks'] = faulty !== undefined && faulty.faults > 0 ? [{ what: 'form', name: 'x1', title: w('Example application', 'مثالی درخواست'), why: 'incomplete' }] : [];
    return [
      { gate: 'forms', title: w('Forms are complete', 'فارم مکمل ہیں'), state: lacks.length === 0 ? 'met' : 'unmet', shown: 'filed', about: ['x1'], criteria: [], lacks, entry: null, provenance: law },
      { gate: 'parts', title: w('Parts of the framework are filed', 'فریم ورک کے حصے جمع ہیں'), state: 'unmet', shown: 'filed', about: ['x1'], criteria: [], lacks: [{ what: 'document', name: 'part.policy', title: w('Policy, approved by the board', 'پالیسی، بورڈ سے منظور'), why: 'no-board-approval' }, { what: 'document', name: 'part.training', title: w('Training programme', 'تربیتی پروگرام'), why: 'missing' }], entry: null, provenance: law },
      { gate: 'fee', title: w('Fee received', 'فیس وصول'), state: 'met', shown: 'recorded', about: [], criteria: [], lacks: [], entry: 12, provenance: clause('unset', 'Example Act, s.9', 'مثالی ایکٹ، s.9') },
    ];
  }

  #whole(): Dossier {
    const { firm } = this.#firm ?? { firm: { code: 'BLN', name: w('Bolan Digital', 'بولان ڈیجیٹل'), invented: true } };
    const { stage } = stages.application;
    const stopped = this.#letters.some((one) => one.open);
    const owed = (obligation: string, en: string, ur: string, at: number | null, state: Dossier['due'][number]['state'], doneBy: Dossier['due'][number]['doneBy'], isLaw: boolean): Dossier['due'][number] => ({
      firm, obligation, title: w(en, ur), means: w('Invented for the tests.', 'جانچ کے لیے فرضی۔'), occurrence: '2026-10-31', day: at === null ? null : day(at), provisional: false, state, binds: isLaw, doneBy, form: doneBy === 'form' ? 'x1' : null, provenance: isLaw ? law : assumed, waiver: null,
    });
    return {
      asOf: nowUs, firm, stage, version: this.#entry,
      way: [{ stage: { ...stage, id: 'engagement', title: w('Engagement', 'رابطہ') }, state: 'done', since: nowUs - 40 * DAY_US, note: null, clause: null }, { stage, state: 'now', since: nowUs - 15 * DAY_US, note: null, clause: null }, { stage: stages.noc.stage, state: 'later', since: null, note: null, clause: w('Example Act, s.2', 'مثالی ایکٹ، s.2') }],
      steps: [{ event: 'grant', title: w('The certificate is granted', 'سرٹیفکیٹ دیا جاتا ہے'), from: 'noc-application', caps: [], to: stages.noc.stage, second: true, way: 'forward', own: false, namesServices: false, gates: this.#gates(), provenance: law }, { event: 'withdraw', title: w('The application is withdrawn', 'درخواست واپس لی جاتی ہے'), from: 'noc-application', caps: [], to: stages.noc.stage, second: false, way: 'end', own: true, namesServices: false, gates: [], provenance: law }],
      clocks: [
        { clock: 'decision', title: w('Decision on the application', 'درخواست پر فیصلہ'), startedAt: nowUs - 15 * DAY_US, state: stopped ? 'stopped' : 'runs', day: stopped ? null : day(45), provisional: false, ends: 'open', word: null, provenance: law, answer: null },
        { clock: 'answer', title: w('Answer to a question', 'سوال کا جواب'), startedAt: nowUs - DAY_US, state: 'runs', day: day(14), provisional: true, ends: 'overdue', word: null, provenance: assumed, answer: null },
      ],
      due: [
        owed('report', 'Notice of a material change', 'اہم تبدیلی کی اطلاع', -3, 'breach', 'notice', true), owed('return', 'Monthly return', 'ماہانہ گوشوارہ', -1, 'reminds', 'submission', false),
        owed('annual', 'Annual return', 'سالانہ گوشوارہ', 9, 'due', 'form', true), owed('audit', 'Audit when directed', 'ہدایت پر آڈٹ', null, 'open', 'event', true),
      ].filter((one) => !this.#done.has(one.obligation)),
      forms: [...this.#forms], documents: [...this.#documents], letters: [...this.#letters], caps: [], capsOpen: [], proposals: [], ladder: [], measures: [], weighed: null,
      history: [{ entry: 700, at: nowUs - 15 * DAY_US, title: w('Form filed', 'فارم جمع ہوا'), about: 'x1', actor: 'bolan', second: null, basis: 'Example Act, s.1' }],
    };
  }
}
