/** The filter of the events: what a person changes often as controls, the rest as chips that can be taken off. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { eventKind, eventState, eventStates, flowEndKinds, type EventFilter } from '../../src/contract/console.ts';
import { EVENT_KINDS, instantOf } from '../../src/terms/index.ts';
import { timeText } from '../figures.ts';
import { Choice, DayField, FirmChoice } from '../parts/filters.tsx';
import { Icon } from '../parts/icon.tsx';
import { PersonCode } from '../parts/marks.tsx';
import type { EventsSearch } from '../search.ts';
import { useWords, type WordKey } from '../words.tsx';

type Set = (part: Partial<EventsSearch>) => void;

export function EventFilters() {
  const { say } = useWords();
  const search = useSearch({ from: '/events' });
  const navigate = useNavigate({ from: '/events' });
  const set: Set = (part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  const oneKind = eventKind.safeParse(search.kind);
  const pick = <T extends string>(all: readonly T[], value: string | undefined): T | undefined => all.find((one) => one === value);
  return (
    <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
      <FirmChoice value={search.firm} onChange={(firm) => set({ firm })} />
      <Choice label={say('filter.kind')} all={say('filter.kind.all')} value={oneKind.success ? oneKind.data : undefined} options={EVENT_KINDS.map((value) => ({ value, label: say(`kind.${value}`) }))} onChange={(kind) => set({ kind })} />
      <Choice label={say('column.way')} all={say('filter.way.all')} value={search.way} options={(['in', 'out'] as const).map((value) => ({ value, label: say(`way.${value}`) }))} onChange={(value) => set({ way: pick(['in', 'out'], value) })} />
      <Choice label={say('column.end')} all={say('filter.end.all')} value={search.end} options={flowEndKinds.map((value) => ({ value, label: say(`end.${value}`) }))} onChange={(value) => set({ end: pick(flowEndKinds, value) })} />
      <Choice label={say('column.state')} all={say('filter.state.all')} value={search.state} options={eventStates.map((value) => ({ value, label: say(`event.state.${value}`) }))} onChange={(value) => { const state = eventState.safeParse(value); set({ state: state.success ? state.data : undefined }); }} />
      <DayField label={say('filter.from')} value={search.from} onChange={(from) => set({ from })} />
      <DayField label={say('filter.to')} value={search.to} onChange={(to) => set({ to })} />
      <Choice label={say('filter.sort')} all={say('sort.newest')} value={search.sort} options={(['oldest', 'value'] as const).map((value) => ({ value, label: say(`sort.${value}`) }))} onChange={(value) => set({ sort: pick(['oldest', 'value'], value) })} />
      <Chips search={search} set={set} />
    </form>
  );
}

/** Keys of the filter that have no control, each with the word in front of its value. */
const chipWords: { readonly [K in keyof EventFilter]?: WordKey } = {
  person: 'filter.person', asset: 'filter.asset', place: 'filter.place', wallet: 'filter.wallet', transaction: 'filter.transaction', submission: 'submissions.id',
  alert: 'column.alert', finding: 'filter.finding', late: 'event.late', clock: 'filter.clock', since: 'filter.since', before: 'filter.before', atLeast: 'filter.at-least',
};

function Chips(props: { search: EventsSearch; set: Set }) {
  const { say, language } = useWords();
  const { search } = props;
  const valueOf = (key: keyof EventFilter, value: string) => {
    if (key === 'person') return <PersonCode id={value} />;
    if (key === 'since' || key === 'before') return timeText(instantOf(Number(value)), 'short', language);
    if (key === 'clock') return say(value === 'admitted' ? 'clock.admitted' : 'clock.happened');
    return <span className="code">{value}</span>;
  };
  const shown = Object.entries(chipWords).flatMap(([key, word]) => {
    const known = chipKey(key);
    const value = known === undefined ? undefined : search[known];
    return known === undefined || value === undefined ? [] : [{ key: known, word, value }];
  });
  return shown.map(({ key, word, value }) => (
    <button key={key} type="button" className="chip chip--open" onClick={() => props.set({ [key]: undefined })}>
      {say(word)} <b>{valueOf(key, value)}</b><Icon name="cross" /><span className="hidden-text">{say('filter.clear')}</span>
    </button>
  ));
}

const chipKeys = ['person', 'asset', 'place', 'wallet', 'transaction', 'submission', 'alert', 'finding', 'late', 'clock', 'since', 'before', 'atLeast'] as const;
const chipKey = (text: string): (typeof chipKeys)[number] | undefined => chipKeys.find((key) => key === text);
