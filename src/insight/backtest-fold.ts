/**
 * One fold of a back-test: a document of rules, or some of its rules, over a span, by the monitor's own back-test. It is told what to read by
 * hash, so that it can run in a thread of its own: the server decides nothing more slowly while rules are tried.
 */

import { BackTest, BackTestRefusal, type BackTestFinding, type BackTestGround } from '../monitor/back-test/index.ts';
import { ruleTerms, readDocument } from '../monitor/rules/policy.ts';
import { instantOf } from '../terms/index.ts';

/** What is folded: plain, so that it goes to a thread as it is. `only`: rules of the document; all when null. */
export interface FoldOrder {
  readonly document: string;
  readonly only: readonly string[] | null;
  readonly from: number;
  readonly to: number;
}
/** How a fold ended. `cancelled` keeps what another fold of the same order goes on from. */
export type Folded =
  | { readonly state: 'done'; readonly rows: number; readonly findings: readonly BackTestFinding[] }
  | { readonly state: 'cancelled'; readonly checkpoint: Uint8Array }
  | { readonly state: 'refused'; readonly code: string };
/** Rows so far, and in all. */
export type TellFold = (rows: number, rowsTotal: number) => void;

/** Folds. A refusal of the back-test (memory, too many findings) is a value with its code. */
export async function foldBacktest(ground: BackTestGround, order: FoldOrder, checkpoint: Uint8Array | undefined, tell: TellFold, signal: AbortSignal): Promise<Folded> {
  const document = readDocument(await ground.objects.get(order.document));
  const rules = ruleTerms(document).filter((term) => order.only === null || order.only.includes(term.id));
  if (rules.length === 0) return { state: 'done', rows: 0, findings: [] };
  try {
    const tried = new BackTest(ground, { rules, parameters: document.parameters, from: instantOf(order.from), to: instantOf(order.to) }, checkpoint);
    let rows = 0;
    for await (const progress of tried.run(signal)) {
      rows = progress.rows;
      tell(progress.rows, progress.rowsTotal);
      if (progress.state === 'cancelled') return { state: 'cancelled', checkpoint: tried.checkpoint() };
    }
    return { state: 'done', rows, findings: tried.findings() };
  } catch (error) {
    if (error instanceof BackTestRefusal) return { state: 'refused', code: error.code };
    throw error;
  }
}
