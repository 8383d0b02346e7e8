/** Filters of a list, each one key of the URL. */
import { useMay } from '../actions.tsx';
import { useWorded, useWords } from '../words.tsx';
import { useAnswer } from '../read.ts';

export type Options = readonly { readonly value: string; readonly label: string }[];

export function Choice(props: { label: string; all: string; value: string | undefined; options: Options; onChange: (value: string | undefined) => void }) {
  return (
    <select className="input input--inline" aria-label={props.label} value={props.value ?? ''} onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)}>
      <option value="">{props.all}</option>
      {props.options.map((one) => <option key={one.value} value={one.value}>{one.label}</option>)}
    </select>
  );
}

export function FirmChoice(props: { value: string | undefined; onChange: (value: string | undefined) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const firms = useAnswer('firms', { query: {} }, may('firm.read'));
  const options = firms.data?.items.filter((row) => row.activity !== null).map((row) => ({ value: row.firm.code, label: `${row.firm.code} · ${worded(row.firm.name)}` })) ?? [];
  if (!may('firm.read')) return null;
  return <Choice label={say('filter.firm')} all={say('filter.firm.all')} value={props.value} options={options} onChange={props.onChange} />;
}

export function DayField(props: { label: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  return (
    <label className="filters__day"><span>{props.label}</span>
      <input className="input input--inline" type="date" value={props.value ?? ''} onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)} />
    </label>
  );
}
