/**
 * The heap of a batch: the texts of all its text columns one after the other, and where each begins. Written into one
 * memory that is kept, because a batch's heap is as large as the next one's.
 */

/** Where heaps are written before their length is known; grows to the largest. */
let scratch = Buffer.allocUnsafeSlow(1024 * 1024);

/** Offset tables and heap of the text columns. The heap is good until the next call. */
export function textsOf<R>(rows: readonly R[], columns: readonly ((row: R) => string)[]): { readonly tables: Uint32Array; readonly heap: Buffer } {
  const tables = new Uint32Array(columns.length * (rows.length + 1));
  let end = 0;
  let place = 0;
  for (const textOf of columns) {
    for (const row of rows) {
      tables[place++] = end;
      const text = textOf(row);
      if (text !== '') end = writeText(text, end);
    }
    tables[place++] = end;
  }
  return { tables, heap: scratch.subarray(0, end) };
}

/** Writes a text into the scratch; gives its end. Nearly every text is ASCII and short, for which a loop beats a call into the platform. */
function writeText(text: string, at: number): number {
  if (at + text.length * 3 > scratch.length) {
    const larger = Buffer.allocUnsafeSlow(Math.max(scratch.length * 2, at + text.length * 3));
    scratch.copy(larger, 0, 0, at);
    scratch = larger;
  }
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80) return at + scratch.write(text, at, 'utf8');
    scratch[at + i] = unit;
  }
  return at + text.length;
}
