/**
 * Writes what a table shows as CSV (RFC 4180), in the browser, from the rows in hand. A cell that a
 * spreadsheet would run as a formula is disarmed with a leading apostrophe.
 */
import { useWords } from '../words.tsx';

export type Cell = string | number;

export function csvOf(head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell): string => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n');
}

export function CsvButton(props: { name: string; head: readonly string[]; rows: readonly (readonly Cell[])[] }) {
  const { say } = useWords();
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([csvOf(props.head, props.rows)], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `nigran-${props.name}.csv`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return <button type="button" className="n" onClick={save} title={say('action.csv.title', { count: props.rows.length })}>CSV</button>;
}
