/** Saves what a table shows as CSV, in the browser, from the rows in hand. */
import { csvOf, type Cell } from '../csv.ts';
import { useWords } from '../words.tsx';

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
