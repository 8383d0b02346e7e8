/**
 * The files of a wallet list as rows, each with its place: `ETH:12` is line 12 of OFAC's file for that ticker,
 * `data.csv:3` line 3 of a table. Two forms are read: one address a line (0xB10C's extract of OFAC, one file a
 * ticker) and a table `address,name` of EVM addresses (ultrasoundmoney's). Every line that is not empty is a row.
 *
 * Throws on a file of another form: an unknown file in a list's folder is a mistake of the operator.
 */

/** One row of a source, as written. */
export interface SourceRow {
  readonly place: string;
  readonly ticker: string;
  readonly written: string;
  /** Whom the list names there. */
  readonly subject: string | undefined;
}

/** A file of a list: its name without folders, and its text. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** Characters of one row at most; what is longer is cut in the record of the rows set aside. */
export const ROW_LENGTH_MAX = 400;

/** Rows of all files, in the order of the files. */
export function readRows(files: readonly SourceFile[]): SourceRow[] {
  return files.flatMap(({ name, text }) => {
    const ticker = /^sanctioned_addresses_([A-Z0-9]{2,10})\.txt$/.exec(name)?.[1];
    if (ticker !== undefined) return linesOf(text).map(({ line, written }) => ({ place: `${ticker}:${line}`, ticker, written, subject: undefined }));
    const [head, ...lines] = linesOf(text);
    if (name.endsWith('.csv') && head?.written === 'address,name') return lines.map(({ line, written }) => tableRow(`${name}:${line}`, written));
    throw new Error(`${name} is no wallet list that this house reads: sanctioned_addresses_TICKER.txt, or a table with the head address,name`);
  });
}

function linesOf(text: string): { line: number; written: string }[] {
  return text.split(/\r?\n/).map((written, i) => ({ line: i + 1, written: written.trim() })).filter(({ written }) => written !== '');
}

/** `0x…,"NAME"`: RFC 4180 with one quoted field. A line of another form stays whole, so that it is set aside by its form. */
function tableRow(place: string, line: string): SourceRow {
  const match = /^([^,"]+),(?:"((?:[^"]|"")*)"|([^",]*))$/.exec(line);
  const subject = match?.[2]?.replaceAll('""', '"') ?? match?.[3];
  return { place, ticker: 'ETH', written: match?.[1] ?? line, subject: subject === '' ? undefined : subject };
}
