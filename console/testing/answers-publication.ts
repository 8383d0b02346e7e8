/** What the made-up authority has published, and what the public complains about. */
import type { Answer } from '../../src/contract/console.ts';
import { DAY_US } from '../../src/terms/index.ts';
import { staff, w } from './nation-firms.ts';
import { nowUs } from './nation-events.ts';

type Content = Answer<'warnings'>['warnings'][number]['content'];

const content: Content = {
  class: 'impersonation', subject: 'entity', name: 'Sindh Digitel Exchange', aliases: ['SDX Pro'], domains: ['sindh-digitel.example'], apps: [{ store: 'android', id: 'example.sdx.pro', name: 'SDX Pro' }], wallets: [{ family: 'evm', address: '0x00000000000000000000000000000000000a11ce' }], imitates: 'sdx', hashes: 0,
  text: { en: 'This site pretends to be a firm of the register (invented).', ur: 'یہ سائٹ رجسٹر کی ایک کمپنی کا بہروپ ہے (فرضی)۔' }, expires: nowUs + 300 * DAY_US, evidence: [{ sha256: 'a'.repeat(64), what: 'screenshot.png' }],
};

export function warningsAnswer(): Answer<'warnings'> {
  return {
    warnings: [
      { warning: 'W-1', state: 'in-force', issued: nowUs - 9 * DAY_US, amended: null, lifted: null, content, replies: [{ words: 'We changed our name (invented).', at: nowUs - DAY_US }], entry: 41 },
      { warning: 'W-2', state: 'lifted', issued: nowUs - 90 * DAY_US, amended: null, lifted: nowUs - 30 * DAY_US, content: { ...content, subject: 'person', name: undefined, aliases: [], domains: [], apps: [], wallets: [], hashes: 3 }, replies: [], entry: 42 },
    ],
    proposals: [{ proposal: 43, at: nowUs - 3_600_000_000, by: staff.baig.id, act: 'lift', warning: 'W-1', content: null, reasons: 'The site is gone since a week (invented).' }],
    classes: [{ class: 'impersonation', title: w('Impersonator', 'بہروپیا'), means: w('Pretends to be a firm of the register.', 'رجسٹر کی کمپنی کا بہروپ ہے۔') }],
  };
}

export function complaintsAnswer(query: Readonly<Record<string, string>>): Answer<'complaints'> {
  const all = ([
    ['C-2222-2222-2222', 'withdrawal', 'SDX', 'conduct', 'received', null], ['C-3333-3333-3333', 'impersonation', null, 'warnings', 'referred', null], ['C-4444-4444-4444', 'fees', 'SDX', 'firm-first', 'closed', 'upheld'],
  ] as const).map(([complaint, kind, firm, queue, state, outcome], i) => ({
    complaint, kind, firm, queue, state, outcome, referredTo: state === 'referred' ? 'Cybercrime agency (invented)' : null, words: '', lossMinor: i === 0 ? 1_250_000 : null, received: nowUs - (i + 1) * DAY_US, changed: nowUs - i * DAY_US, entry: 50 + i,
  }));
  const found = all.filter((one) => (query['queue'] === undefined || one.queue === query['queue']) && (query['open'] === 'false' || one.state !== 'closed'));
  return { total: found.length, complaints: found };
}
