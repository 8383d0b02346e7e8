import { deepStrictEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { PaymentJudge, documentedVerdicts, inventPayments, verdictsOf, type Verdict } from './payments.ts';

for (const seed of [1, 2, 3]) {
  test(`two rules of a peer give the verdicts that it documents, payment by payment (seed ${seed})`, () => {
    const { payments, conditions } = inventPayments(seed, 2_000, 300);
    const expected = documentedVerdicts(payments, conditions);
    const judge = new PaymentJudge(conditions);
    const got = new Map<string, Verdict>();
    for (let from = 0; from < payments.length; from += 170) for (const [id, verdict] of verdictsOf(judge.judge(payments.slice(from, from + 170)))) got.set(id, verdict);
    deepStrictEqual(got, expected);
    for (const kind of ['.x00', '.01', '.02', '.03', 'override', 'block']) ok([...expected.values()].filter((one) => one.velocity === kind || one.flow === kind).length > 10, `${kind} occurs`);
  });
}
