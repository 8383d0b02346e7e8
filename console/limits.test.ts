import { deepStrictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Provenance } from '../src/contract/console.ts';
import { limitTone, type Limit } from './limits.ts';

const limit = (live: number, bound: number | null, side: 'ceiling' | 'floor', status: Provenance['status']): Limit => ({
  title: { en: 't', ur: 't' }, live: { kind: 'count', value: live }, limit: bound === null ? null : { kind: 'count', value: bound }, bound: side, provenance: { status, clause: null }, evidence: null,
});
const said = (one: Limit): string => { const { tone, word } = limitTone(one); return `${word} ${tone}`; };

test('past a prescribed limit is a breach; past an assumption or a draft is a reminder', () => {
  deepStrictEqual([limit(11, 10, 'ceiling', 'prescribed'), limit(11, 10, 'ceiling', 'assumption'), limit(11, 10, 'ceiling', 'draft'), limit(8, 9, 'floor', 'prescribed')].map(said), ['past breach', 'past due', 'past due', 'past breach']);
});

test('near is said from nine tenths of a ceiling, never of a floor', () => {
  deepStrictEqual([limit(89, 100, 'ceiling', 'assumption'), limit(90, 100, 'ceiling', 'assumption'), limit(100, 100, 'ceiling', 'assumption'), limit(93, 90, 'floor', 'assumption')].map(said), ['inside met', 'near due', 'near due', 'inside met']);
});

test('without a number nothing is judged', () => {
  deepStrictEqual(said(limit(5, null, 'ceiling', 'unset')), 'none wait');
});
