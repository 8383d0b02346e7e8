/**
 * One application, as the authority works on it: where the firm stands, what it filed, who its people are, how it was
 * assessed, letters, measures against it and its history. The stage leads; then what can be done next.
 */
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { useActions, useMay, type Action } from '../actions.tsx';
import { whole } from '../figures.ts';
import { Icon } from '../parts/icon.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { tabActive } from '../search.ts';
import '../style/licensing.css';
import { useWorded, useWords } from '../words.tsx';
import { FirmReturn } from './aml-return.tsx';
import { DossierDialog } from './dossier-dialogs.tsx';
import { OpenDialog, type Opened } from './dossier-open.ts';
import { Assessment } from './dossier-assessment.tsx';
import { Filed } from './dossier-filed.tsx';
import { DossierHistory } from './dossier-history.tsx';
import { Ladder } from './dossier-ladder.tsx';
import { Letters } from './dossier-letters.tsx';
import { newest } from './dossier-rows.ts';
import { People } from './dossier-people.tsx';
import { Standing } from './dossier-standing.tsx';

const tabs = ['standing', 'filed', 'people', 'assessment', 'letters', 'measures', 'return', 'history'] as const;

export function Application() {
  const { code } = useParams({ from: '/applications/$code' });
  const query = useAnswer('dossier', { params: { code } });
  const shown = query.isPlaceholderData ? { ...query, data: undefined, isPending: true } : query;
  return <Answer query={shown} bones={12}>{(dossier) => <Sheet dossier={dossier} />}</Answer>;
}

function Sheet(props: { dossier: DossierAnswer }) {
  const { dossier } = props;
  const [opened, open] = useState<Opened | null>(null);
  useActions(useDossierActions(dossier, open));
  return (
    <OpenDialog value={open}>
      <Head dossier={dossier} />
      <Tabs dossier={dossier} />
      {dossier.weighed !== null && <Conflict weighed={dossier.weighed} />}
      {dossier.firm.invented ? <Tab dossier={dossier} /> : <RealFirm dossier={dossier} />}
      {opened !== null && <DossierDialog dossier={dossier} opened={opened} onClose={() => open(null)} />}
    </OpenDialog>
  );
}

/** What an officer may do here beside deciding, which stands in the bar. */
function useDossierActions(dossier: DossierAnswer, open: (what: Opened) => void): Action[] {
  const { say } = useWords();
  const may = useMay();
  const why = dossier.weighed?.conflict === true ? say('dossier.conflict.short') : may('dossier.assess') ? null : say('bar.no-permission');
  const act = (name: string, label: string, keys: string, what: Opened): Action => ({ name, label, group: 'here', permission: 'dossier.read', keys, blocked: why, perform: () => open(what) });
  return [
    act('ask', say('dossier.ask'), 'q', { what: 'letter', role: 'question' }), act('letter', say('dossier.write'), 'l', { what: 'letter', role: 'letter' }),
    act('moment', say('dossier.record'), 'm', { what: 'moment', event: null }), act('screen', say('dossier.screen'), 's', { what: 'screen' }),
    act('caps', say('caps.title'), 'c', { what: 'caps' }),
    { name: 'conflict', label: say('conflict.declare'), group: 'here', permission: 'conflict.declare', keys: 'x', blocked: dossier.weighed?.conflict === true ? say('dossier.conflict.short') : null, perform: () => open({ what: 'conflict' }) },
  ];
}

function Head(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { firm, stage } = props.dossier;
  const may = useMay();
  return (
    <header className="firm__head">
      <h2>{worded(firm.name)}{firm.invented && <span className="invented"> {say('invented')}</span>}</h2>
      {firm.code !== firm.name.en && <span className="chip chip--firm">{firm.code}</span>}
      <span className={stage.isStopped ? 'chip chip--breach' : 'chip'}>{stage.isLicence || stage.isStopped ? worded(stage.title) : say('firm.not-a-licence', { stage: worded(stage.title) })}</span>
      <span className="faint">{say('dossier.version', { version: whole(props.dossier.version) })}</span>
      {may('firm.read') && <Link className="n" to="/firms/$code" params={{ code: firm.code }}>{say('dossier.to-firm')}</Link>}
    </header>
  );
}

function Tabs(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const { dossier } = props;
  const { tab = 'standing' } = useSearch({ from: '/applications/$code' });
  const counts: Readonly<Record<(typeof tabs)[number], number | null>> = {
    standing: null, filed: newest(dossier.forms).length + new Set(dossier.documents.map((one) => one.document)).size, people: newest(dossier.forms).filter((one) => one.filedFor === 'person').length,
    assessment: dossier.weighed?.findings.length ?? null, letters: dossier.letters.length, measures: dossier.measures.length, return: null, history: dossier.history.length,
  };
  return (
    <nav className="tabs tabs--ruled" aria-label={say('dossier.tabs')}>
      {tabs.map((one) => (
        <Link key={one} to="/applications/$code" params={{ code: dossier.firm.code }} search={one === 'standing' ? {} : { tab: one }} activeOptions={tabActive} aria-current={one === tab ? 'page' : undefined}>
          {say(`dossier.tab.${one}`)}{counts[one] !== null && <span className="count">{whole(counts[one])}</span>}
        </Link>
      ))}
    </nav>
  );
}

function Tab(props: { dossier: DossierAnswer }) {
  const { tab = 'standing' } = useSearch({ from: '/applications/$code' });
  const { dossier } = props;
  switch (tab) {
    case 'standing': return <Standing dossier={dossier} />;
    case 'filed': return <Filed dossier={dossier} />;
    case 'people': return <People dossier={dossier} />;
    case 'assessment': return <Assessment dossier={dossier} />;
    case 'letters': return <Letters dossier={dossier} />;
    case 'measures': return <Ladder dossier={dossier} />;
    case 'return': return <FirmReturn code={dossier.firm.code} />;
    case 'history': return <DossierHistory dossier={dossier} />;
  }
}

/** Of a real firm only the published fact is known here, so nothing is said to be missing. */
function RealFirm(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  return (
    <>
      <Empty title={say('dossier.real.title')}><p>{say('dossier.real.text')}</p></Empty>
      <DossierHistory dossier={props.dossier} />
    </>
  );
}

function Conflict(props: { weighed: NonNullable<DossierAnswer['weighed']> }) {
  const { say } = useWords();
  const worded = useWorded();
  const { conflict, deputies, standsInFor } = props.weighed;
  const names = (all: typeof deputies): string => all.map((one) => `${one.name} (${worded(one.role)})`).join(say('comma'));
  if (!conflict && standsInFor.length === 0) return null;
  return (
    <section className="flag">
      <Icon name="warn" />
      {conflict ? <p><b>{say('dossier.conflict.title')}</b> {say('dossier.conflict.text')}{deputies.length > 0 && ` ${say('conflict.deputies', { names: names(deputies) })}`}</p> : <p>{say('conflict.stands-in', { names: names(standsInFor) })}</p>}
    </section>
  );
}
