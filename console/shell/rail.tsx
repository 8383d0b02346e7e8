/** The rail: the rooms that exist and that the reader's role may enter, with the counts that call for work. */
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import type { Permission } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { whole } from '../figures.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { useAnswer } from '../read.ts';
import { useSession } from '../session.tsx';
import { useWorded, useWords, type WordKey } from '../words.tsx';
import { WhoMenu } from './who-menu.tsx';

type Place = { readonly to: '/desk' | '/desk/documents' | '/desk/letters' | '/desk/obligations' | '/desk/return' | '/desk/headroom' | '/desk/freezes' | '/desk/access' | '/overview' | '/alerts' | '/decisions' | '/screening' | '/firms' | '/applications' | '/obligations' | '/warnings' | '/complaints' | '/submissions' | '/events' | '/ledger' | '/rules' | '/framework/read' | '/office' | '/engine'; readonly icon: IconName; readonly word: WordKey; readonly permission: Permission | null; readonly also?: Permission; readonly exact?: true };

/** In groups: a firm's own desk, the nation, the work, the firms, the house. */
export const places: readonly (readonly Place[])[] = [
  [
    { to: '/desk', icon: 'form', word: 'nav.desk', permission: 'dossier.file', exact: true },
    { to: '/desk/documents', icon: 'paper', word: 'nav.documents', permission: 'dossier.file' },
    { to: '/desk/letters', icon: 'letter', word: 'nav.letters', permission: 'dossier.file' },
    { to: '/desk/obligations', icon: 'calendar', word: 'nav.owed', permission: 'dossier.file' },
    { to: '/desk/return', icon: 'paper', word: 'nav.return', permission: 'dossier.file' },
    { to: '/desk/headroom', icon: 'gauge', word: 'nav.headroom', permission: 'dossier.file' },
    { to: '/desk/freezes', icon: 'lock', word: 'nav.freezes', permission: 'freeze.read', also: 'dossier.file' },
    { to: '/desk/access', icon: 'key', word: 'nav.access', permission: 'dossier.file', also: 'staff.register' },
  ],
  [{ to: '/overview', icon: 'overview', word: 'nav.overview', permission: 'overview.read' }],
  [{ to: '/alerts', icon: 'bell', word: 'nav.alerts', permission: 'alert.read' }, { to: '/decisions', icon: 'two', word: 'nav.decisions', permission: 'alert.read' }, { to: '/screening', icon: 'search', word: 'nav.screening', permission: 'list.read' }],
  [
    { to: '/firms', icon: 'firm', word: 'nav.firms', permission: 'firm.read' },
    { to: '/applications', icon: 'file', word: 'nav.applications', permission: 'dossier.read', also: 'firm.read' },
    { to: '/obligations', icon: 'calendar', word: 'nav.obligations', permission: 'dossier.read', also: 'firm.read' },
    { to: '/warnings', icon: 'warn', word: 'nav.warnings', permission: 'warning.decide' },
    { to: '/complaints', icon: 'letter', word: 'nav.complaints', permission: 'complaint.handle' },
    { to: '/submissions', icon: 'inbox', word: 'nav.submissions', permission: 'submission.read' },
    { to: '/events', icon: 'events', word: 'nav.events', permission: 'event.read' },
  ],
  [{ to: '/rules', icon: 'sliders', word: 'nav.rules', permission: 'rule.read' }, { to: '/framework/read', icon: 'events', word: 'nav.framework', permission: null }, { to: '/ledger', icon: 'ledger', word: 'nav.ledger', permission: 'ledger.read' }, { to: '/office', icon: 'two', word: 'nav.office', permission: 'conflict.declare' }, { to: '/engine', icon: 'pulse', word: 'nav.engine', permission: 'engine.read' }],
];

/** May the reader's role enter a place? `also`: what tells the authority's desk from a firm's, where both hold the first. */
export function enters(place: Place, may: (permission: Permission | null) => boolean): boolean {
  return may(place.permission) && may(place.also ?? null);
}

export function Rail() {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const session = useSession();
  const menu = useId();
  const groups = places.map((group) => group.filter((place) => enters(place, may))).filter((group) => group.length > 0);
  return (
    <>
      <a className="skip button" href="#work">{say('action.skip')}</a>
      <nav className="rail" aria-label={say('nav.main')}>
        <Link className="rail__brand" to="/" title={say('brand')}><Icon name="brand" /><span>{say('brand')}</span></Link>
        {groups.map((group) => (
          <div className="rail__group" key={group[0]?.to}>
            {group.map((place) => (
              <Link key={place.to} className="rail__item" to={place.to} title={say(place.word)} activeOptions={{ exact: place.exact === true }} activeProps={{ 'aria-current': 'page' }}>
                <Icon name={place.icon} /><span>{say(place.word)}</span>
                {place.permission === 'alert.read' && <RailCount of={place.to === '/alerts' ? 'alerts' : 'decisions'} />}
              </Link>
            ))}
          </div>
        ))}
        <button type="button" className="who" popoverTarget={menu} title={`${session.staff.name}, ${worded(session.staff.role)}`}>
          <span className="initials" aria-hidden="true">{session.staff.name.split(/[\s.]+/).map((part) => part[0] ?? '').join('').slice(0, 2)}</span>
          <span><b>{session.staff.name}</b>{worded(session.staff.role)}</span>
        </button>
        <WhoMenu id={menu} />
      </nav>
    </>
  );
}

/** Open alerts, or decisions that wait. */
function RailCount(props: { of: 'alerts' | 'decisions' }) {
  const alerts = useAnswer('alerts', { query: { limit: 1 } });
  const decisions = useAnswer('decisions', { query: { state: 'waiting', limit: 5 } });
  const value = props.of === 'alerts' ? alerts.data?.views.open : decisions.data?.waiting;
  return value === undefined || value === 0 ? null : <span className="count">{whole(value)}</span>;
}
