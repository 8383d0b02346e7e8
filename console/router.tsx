/**
 * The screens and their addresses. Every route's search is validated key by key, so a link opens the same
 * view for a colleague; screens that are not needed for the first view are fetched when they are opened.
 */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { kept, parseSearch, searches, stringifySearch } from './search.ts';
import { Console } from './shell/console.tsx';
import { Home } from './shell/home.tsx';
import { NotFound } from './shell/not-found.tsx';
import { Alerts } from './screens/alerts.tsx';
import { Overview } from './screens/overview.tsx';
import type { WordKey } from './words.tsx';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption { title?: WordKey }
  interface Register { router: typeof router }
}

const root = createRootRoute({ component: Console, notFoundComponent: NotFound });
const parent = { getParentRoute: () => root };

const home = createRoute({ ...parent, path: '/', component: Home, staticData: { title: 'brand' } });
const overview = createRoute({ ...parent, path: '/overview', validateSearch: kept(searches.overview), component: Overview, staticData: { title: 'nav.overview' } });
const alerts = createRoute({ ...parent, path: '/alerts', validateSearch: kept(searches.alerts), component: Alerts, staticData: { title: 'nav.alerts' } });
const decisions = createRoute({
  ...parent, path: '/decisions', validateSearch: kept(searches.decisions), staticData: { title: 'nav.decisions' },
  component: lazyRouteComponent(() => import('./screens/decisions.tsx'), 'Decisions'),
});
const firms = createRoute({
  ...parent, path: '/firms', validateSearch: kept(searches.firms), staticData: { title: 'nav.firms' },
  component: lazyRouteComponent(() => import('./screens/firms.tsx'), 'Firms'),
});
const firm = createRoute({
  ...parent, path: '/firms/$code', validateSearch: kept(searches.firm), staticData: { title: 'nav.firms' },
  component: lazyRouteComponent(() => import('./screens/firm.tsx'), 'Firm'),
});
const applications = createRoute({
  ...parent, path: '/applications', validateSearch: kept(searches.applications), staticData: { title: 'nav.applications' },
  component: lazyRouteComponent(() => import('./screens/dossier-queue.tsx'), 'Applications'),
});
const application = createRoute({
  ...parent, path: '/applications/$code', validateSearch: kept(searches.application), staticData: { title: 'nav.applications' },
  component: lazyRouteComponent(() => import('./screens/dossier.tsx'), 'Application'),
});
const obligations = createRoute({
  ...parent, path: '/obligations', validateSearch: kept(searches.obligations), staticData: { title: 'nav.obligations' },
  component: lazyRouteComponent(() => import('./screens/obligations.tsx'), 'Obligations'),
});
const screening = createRoute({
  ...parent, path: '/screening', validateSearch: kept(searches.screening), staticData: { title: 'nav.screening' },
  component: lazyRouteComponent(() => import('./screens/screening.tsx'), 'Screening'),
});
const submissions = createRoute({
  ...parent, path: '/submissions', validateSearch: kept(searches.submissions), staticData: { title: 'nav.submissions' },
  component: lazyRouteComponent(() => import('./screens/submissions.tsx'), 'Submissions'),
});
const submission = createRoute({
  ...parent, path: '/submissions/$id', staticData: { title: 'nav.submissions' },
  component: lazyRouteComponent(() => import('./screens/submission.tsx'), 'Submission'),
});
const rejections = createRoute({
  ...parent, path: '/rejections', validateSearch: kept(searches.rejections), staticData: { title: 'nav.submissions' },
  component: lazyRouteComponent(() => import('./screens/rejections.tsx'), 'Rejections'),
});
const events = createRoute({
  ...parent, path: '/events', validateSearch: kept(searches.events), staticData: { title: 'nav.events' },
  component: lazyRouteComponent(() => import('./screens/events.tsx'), 'Events'),
});
const event = createRoute({
  ...parent, path: '/events/$firm/$id', staticData: { title: 'nav.events' },
  component: lazyRouteComponent(() => import('./screens/event.tsx'), 'OneEvent'),
});
const ledger = createRoute({
  ...parent, path: '/ledger', validateSearch: kept(searches.ledger), staticData: { title: 'nav.ledger' },
  component: lazyRouteComponent(() => import('./screens/ledger.tsx'), 'Ledger'),
});
const framework = createRoute({
  ...parent, path: '/framework/read', validateSearch: kept(searches.framework), staticData: { title: 'nav.framework' },
  component: lazyRouteComponent(() => import('./screens/framework.tsx'), 'Framework'),
});
const packAdoption = createRoute({
  ...parent, path: '/framework/adoption', validateSearch: kept(searches.adoption), staticData: { title: 'pack.adoption' },
  component: lazyRouteComponent(() => import('./screens/adoption.tsx'), 'PackAdoption'),
});
const warnings = createRoute({ ...parent, path: '/warnings', staticData: { title: 'nav.warnings' }, component: lazyRouteComponent(() => import('./screens/warnings.tsx'), 'WarningsScreen') });
const complaints = createRoute({
  ...parent, path: '/complaints', validateSearch: kept(searches.complaints), staticData: { title: 'nav.complaints' },
  component: lazyRouteComponent(() => import('./screens/complaints.tsx'), 'Complaints'),
});
const office = createRoute({ ...parent, path: '/office', staticData: { title: 'nav.office' }, component: lazyRouteComponent(() => import('./screens/office.tsx'), 'Office') });
const rules = createRoute({
  ...parent, path: '/rules', validateSearch: kept(searches.rules), staticData: { title: 'nav.rules' },
  component: lazyRouteComponent(() => import('./screens/rules.tsx'), 'Rules'),
});
const engine = createRoute({
  ...parent, path: '/engine', staticData: { title: 'nav.engine' },
  component: lazyRouteComponent(() => import('./screens/engine.tsx'), 'Engine'),
});

const desk = createRoute({ ...parent, path: '/desk', staticData: { title: 'nav.desk' }, component: lazyRouteComponent(() => import('./screens/desk-application.tsx'), 'Application') });
const deskForm = createRoute({
  ...parent, path: '/desk/forms/$form', validateSearch: kept(searches.deskForm), staticData: { title: 'nav.desk' },
  component: lazyRouteComponent(() => import('./screens/desk-form.tsx'), 'OneForm'),
});
const deskDocuments = createRoute({
  ...parent, path: '/desk/documents', validateSearch: kept(searches.deskDocuments), staticData: { title: 'nav.documents' },
  component: lazyRouteComponent(() => import('./screens/desk-documents.tsx'), 'Documents'),
});
const deskLetters = createRoute({
  ...parent, path: '/desk/letters', validateSearch: kept(searches.deskLetters), staticData: { title: 'nav.letters' },
  component: lazyRouteComponent(() => import('./screens/desk-letters.tsx'), 'Letters'),
});
const deskObligations = createRoute({
  ...parent, path: '/desk/obligations', validateSearch: kept(searches.deskObligations), staticData: { title: 'nav.owed' },
  component: lazyRouteComponent(() => import('./screens/desk-obligations.tsx'), 'Obligations'),
});
const deskHeadroom = createRoute({
  ...parent, path: '/desk/headroom', validateSearch: kept(searches.deskHeadroom), staticData: { title: 'nav.headroom' },
  component: lazyRouteComponent(() => import('./screens/desk-headroom.tsx'), 'Headroom'),
});
const deskFreezes = createRoute({ ...parent, path: '/desk/freezes', staticData: { title: 'nav.freezes' }, component: lazyRouteComponent(() => import('./screens/screening-freezes.tsx'), 'Freezes') });
const deskAccess = createRoute({ ...parent, path: '/desk/access', staticData: { title: 'nav.access' }, component: lazyRouteComponent(() => import('./screens/desk-access.tsx'), 'PeopleAndKeys') });
const deskReturn = createRoute({ ...parent, path: '/desk/return', validateSearch: kept(searches.deskReturn), staticData: { title: 'nav.return' }, component: lazyRouteComponent(() => import('./screens/aml-return.tsx'), 'OwnReturn') });
const ofFirms = [deskReturn, desk, deskForm, deskDocuments, deskLetters, deskObligations, deskHeadroom, deskFreezes, deskAccess] as const;

export const router = createRouter({
  routeTree: root.addChildren([home, overview, alerts, decisions, firms, firm, applications, application, obligations, screening, submissions, submission, rejections, events, event, ledger, framework, packAdoption, rules, warnings, complaints, office, engine, ...ofFirms]),
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  scrollRestoration: true,
  scrollToTopSelectors: ['.work'],
});
