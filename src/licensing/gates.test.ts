import { deepStrictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { pakistan } from '../framework/testing.ts';
import { DAY_US, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { foldDossier, type Said } from './dossier.ts';
import type { Held } from './firm.ts';
import { gatesOf } from './gates.ts';

const framework = pakistan();
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const days = (count: number): Instant => instantOf(NOW + count * DAY_US);

const held = (...stages: readonly (readonly [string, number])[]): Held[] => stages.map(([stage, entry]) => ({ stage, from: days(entry - 100), event: undefined, services: undefined, entry }));
const head = (entry: number) => ({ entry, at: days(entry - 100), actor: 'a', second: undefined, basis: '' });
const found = (entry: number, gate: string, seen = entry - 1, outcome: 'met' | 'unmet' = 'met'): Said => ({ kind: 'gate-found', ...head(entry), body: { firm: 'sandhill', gate, outcome, seen, reasons: 'x', evidence: [], criteria: [] } });
const filing = (entry: number, form: string, about: string): Said => ({ kind: 'form-filed', ...head(entry), body: { firm: 'sandhill', form, about, n: 1, answers: 'h', faults: 0, roles: [] } });
const lacks = (gate: string, stages: Held[], ...said: Said[]): string[] => gatesOf(framework, stages, foldDossier('sandhill', said), [gate], NOW).flatMap((one) => one.lacks.map((lack) => `${lack.what} ${lack.why}`));

const toLicence = held(['e2-noc-application', 1], ['e3-noc-granted', 10], ['e4-aml-registered', 20], ['e5-licence-application', 30]);

test('what was assessed for the certificate opens no licence: the criteria are assessed anew, in that stage', () => {
  deepStrictEqual(lacks('licence.assessment', toLicence, found(5, 'noc.assessment')), ['finding missing']);
  deepStrictEqual(lacks('licence.assessment', toLicence, found(5, 'licence.assessment')), ['finding missing'], 'one from before the firm came to the gate');
  deepStrictEqual(lacks('licence.assessment', toLicence, found(35, 'licence.assessment')), []);
  deepStrictEqual(lacks('licence.assessment', toLicence, found(35, 'licence.assessment'), found(36, 'licence.assessment', 35, 'unmet')), ['finding unmet'], 'the last one counts');
});

test('an owner or a key individual who was filed after it makes an assessment stale', () => {
  deepStrictEqual(lacks('licence.assessment', toLicence, filing(33, 'a3', 'ceo'), found(35, 'licence.assessment')), []);
  deepStrictEqual(lacks('licence.assessment', toLicence, found(35, 'licence.assessment'), filing(36, 'a2', 'owner-1')), ['finding stale']);
  deepStrictEqual(lacks('licence.assessment', toLicence, found(35, 'licence.assessment', 32), filing(33, 'a2', 'owner-1')), ['finding stale'], 'judged on an older version');
});

test('what was assessed for a limited licence opens no full one, and a suspension in between asks for another look', () => {
  const limited = [...toLicence, ...held(['l1-limited-licence', 40])];
  deepStrictEqual(lacks('licence.assessment-full', limited, found(35, 'licence.assessment'), found(36, 'licence.assessment-full')), ['finding missing']);
  deepStrictEqual(lacks('licence.assessment-full', limited, found(41, 'licence.assessment-full')), []);
  const restored = [...toLicence, ...held(['q-suspended', 40], ['e5-licence-application', 50])];
  deepStrictEqual(lacks('licence.assessment', restored, found(35, 'licence.assessment')), ['finding missing']);
  deepStrictEqual(lacks('licence.assessment', restored, found(51, 'licence.assessment')), []);
});
