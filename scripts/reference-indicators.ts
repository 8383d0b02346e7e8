/**
 * The page of indicators: every leaf of FATF's report and of the later set, how it can be seen, and the rule that sees it today.
 */

import { FATF_INDICATORS, LATER_INDICATORS, reasonOf, type Disposition, type Indicator, type IndicatorPart } from '../src/monitor/rules/indicators.ts';
import { page, table } from './reference-page.ts';

const WORDS: Readonly<Record<Disposition, string>> = { rule: 'rule', graph: 'graph', list: 'list', device: 'device', attested: 'the firm\'s word', unseen: 'not detectable' };

/** `docs/reference/indicators.md`. */
export function indicatorsPage(): string {
  const leaves = FATF_INDICATORS.flatMap((part) => part.indicators);
  const covered = leaves.filter((leaf) => leaf.rules.length > 0);
  return page('Indicators', 'src/monitor/rules/indicators.ts', [
    `FATF's report of September 2020 on red flags has 58 indicators; they fall into ${leaves.length} leaves. The report gives them no numbers: those here are ours, and so are`,
    `the words. ${leaves.length - leaves.filter((leaf) => leaf.verified).length} leaves are told from memory and marked so. ${covered.length} leaves have a rule today, some in a part that stands beside it; the others have none, each with what is lacking, and nothing claims them.`, '',
    'How a leaf can be seen: by a *rule* on movements and accounts, on the *graph* of chains, by a *list* or label, in *device* data, by *the firm\'s word* (we check that it is',
    'given), or not at all, with the reason. One flag alone is no suspicion: findings add up, and each carries its innocent explanation ([rules](rules.md)).', '',
    ...FATF_INDICATORS.flatMap((part) => section(part)), '## A second set, from later sources', '', ...LATER_INDICATORS.flatMap((part) => rows(part.indicators)),
  ]);
}

function section(part: IndicatorPart): string[] {
  return [`## ${part.title}`, '', ...rows(part.indicators)];
}

function rows(indicators: readonly Indicator[]): string[] {
  return [...table(['number', 'indicator', 'seen by', 'rule today', 'text'], indicators.map((leaf) => [
    leaf.id, leaf.text, leaf.by.map((way) => WORDS[way]).join(', '), `${leaf.rules.map((rule) => `[\`${rule}\`](rules.md#${rule})`).join(', ') || 'none'}${leaf.rules.length === 0 ? `: ${reasonOf(leaf) ?? ''}` : leaf.note === undefined ? '' : ` (${leaf.note})`}`,
    leaf.verified ? '' : 'unverified recollection',
  ])), ''];
}
