import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ACTIONS, ORGANISATIONS, ROLES, actionsOf, decide, isRole, rolesThatMay, type Action, type Member, type Role } from './roles.ts';

/** The whole table, written again by hand: a change of a power is a change here, with its reason in the commit. */
const GRANTED: Readonly<Record<Action, readonly Role[]>> = {
  'overview.read': ['licensing-officer', 'supervisor', 'surveillance-analyst', 'senior-analyst', 'policy', 'auditor'],
  'firm.read': ['licensing-officer', 'supervisor', 'surveillance-analyst', 'senior-analyst', 'fiu-analyst', 'policy', 'auditor'],
  'submission.read': ['licensing-officer', 'supervisor', 'surveillance-analyst', 'senior-analyst', 'firm-compliance', 'mlro', 'auditor'],
  'event.read': ['supervisor', 'surveillance-analyst', 'senior-analyst', 'auditor'],
  'ledger.read': ['licensing-officer', 'supervisor', 'surveillance-analyst', 'senior-analyst', 'policy', 'auditor'],
  'engine.read': ['supervisor', 'surveillance-analyst', 'senior-analyst', 'administrator', 'auditor'],
  'alert.read': ['supervisor', 'surveillance-analyst', 'senior-analyst', 'auditor'],
  'alert.assign': ['surveillance-analyst', 'senior-analyst'],
  'alert.decide': ['surveillance-analyst', 'senior-analyst'],
  'decision.second': ['senior-analyst'],
  'dossier.read': ['licensing-officer', 'supervisor', 'firm-compliance', 'mlro', 'auditor'],
  'dossier.file': ['firm-compliance', 'mlro'],
  'dossier.assess': ['licensing-officer', 'supervisor'],
  'stage.decide': ['licensing-officer', 'supervisor'],
  'stage.second': ['licensing-officer', 'supervisor'],
  'warning.decide': ['licensing-officer', 'supervisor'],
  'warning.second': ['licensing-officer', 'supervisor'],
  'register.detail': ['licensing-officer', 'supervisor'],
  'complaint.handle': ['licensing-officer', 'supervisor'],
  'subscriber.register': ['licensing-officer', 'supervisor'],
  'obligation.waive': ['supervisor'],
  'obligation.second': ['licensing-officer', 'supervisor'],
  'conflict.declare': ['licensing-officer', 'supervisor', 'surveillance-analyst', 'senior-analyst', 'administrator'],
  'conflict.end': ['supervisor', 'administrator'],
  'deputy.propose': ['supervisor', 'administrator'],
  'deputy.second': ['supervisor', 'administrator'],
  'calendar.announce': ['supervisor'],
  'framework.adopt': ['supervisor', 'policy'],
  'framework.second': ['supervisor'],
  'rule.read': ['supervisor', 'surveillance-analyst', 'senior-analyst', 'policy', 'auditor'],
  'rule.propose': ['supervisor', 'senior-analyst', 'policy'],
  'rule.second': ['supervisor', 'senior-analyst'],
  'screening.read': ['supervisor', 'surveillance-analyst', 'senior-analyst', 'auditor'],
  'screening.decide': ['surveillance-analyst', 'senior-analyst'],
  'screening.second': ['supervisor', 'senior-analyst'],
  'list.read': ['licensing-officer', 'supervisor', 'surveillance-analyst', 'senior-analyst', 'auditor'],
  'list.take': ['supervisor', 'senior-analyst'],
  'freeze.read': ['supervisor', 'surveillance-analyst', 'senior-analyst', 'firm-compliance', 'mlro', 'auditor'],
  'person.read': ['supervisor', 'surveillance-analyst', 'senior-analyst'],
  'person.unmask': ['surveillance-analyst', 'senior-analyst'],
  'person.erase': ['supervisor'],
  'firm.register': ['licensing-officer'],
  'staff.register': ['firm-compliance', 'administrator'],
  'client.register': ['firm-compliance', 'administrator'],
  'client.revoke': ['supervisor', 'firm-compliance', 'administrator'],
};

const roles = Object.keys(ROLES).filter(isRole);
const actions = Object.keys(ACTIONS) as Action[];
const member = (role: Role, change: Partial<Member> = {}): Member => {
  const { organisation } = ROLES[role];
  return { account: 'a', organisation, roles: [role], ...(organisation === 'firm' ? { firm: 'sdx' } : {}), ...change };
};

test('each role may do what the table grants and nothing else', () => {
  for (const role of roles) {
    for (const action of actions) {
      const proposed = { proposer: 'somebody else' };
      assert.equal(decide(member(role), action, proposed).allowed, GRANTED[action].includes(role), `${role} ${action}`);
      assert.equal(actionsOf(member(role)).includes(action), GRANTED[action].includes(role), `${role} is shown ${action}`);
    }
  }
});

test('a refusal names the roles that may', () => {
  const refused = decide(member('policy'), 'alert.decide');
  assert.deepEqual(refused, {
    allowed: false, whoMay: ['surveillance-analyst', 'senior-analyst'], rejection: { code: 'FORBIDDEN', detail: 'surveillance-analyst, senior-analyst' },
  });
});

test('no firm sees alerts, events, people or the nation', () => {
  for (const action of ['overview.read', 'firm.read', 'event.read', 'alert.read', 'alert.assign', 'alert.decide', 'person.read', 'person.unmask', 'person.erase'] as const) {
    for (const role of rolesThatMay(action)) assert.notEqual(ROLES[role].organisation, 'firm', `${role} ${action}`);
  }
});

test('a firm acts on itself only', () => {
  assert.equal(decide(member('firm-compliance'), 'client.register', { firm: 'sdx' }).allowed, true);
  assert.equal(decide(member('firm-compliance'), 'client.register', { firm: 'kpx' }).allowed, false);
  assert.equal(decide({ account: 'a', organisation: 'firm', roles: ['firm-compliance'] }, 'client.register', { firm: 'sdx' }).allowed, false);
});

test('the second person is another person, and there must be a proposal', () => {
  assert.equal(decide(member('senior-analyst'), 'decision.second', { proposer: 'b' }).allowed, true);
  for (const resource of [{ proposer: 'a' }, {}]) {
    const own = decide(member('senior-analyst'), 'decision.second', resource);
    assert.ok(!own.allowed && own.rejection.code === 'SECOND_PERSON_REQUIRED');
  }
});

test('who has a conflict of interest reads about the firm but does not act on it', () => {
  const torn = member('senior-analyst', { conflicts: ['sdx'] });
  assert.equal(decide(torn, 'alert.read', { firm: 'sdx' }).allowed, true);
  assert.equal(decide(torn, 'alert.decide', { firm: 'kpx' }).allowed, true);
  const own = decide(torn, 'alert.decide', { firm: 'sdx' });
  assert.ok(!own.allowed && own.rejection.code === 'CONFLICT_OF_INTEREST');
  assert.equal(decide(torn, 'decision.second', { firm: 'sdx', proposer: 'b' }).allowed, false);
});

test('a deputy acts in the firms that the officer is barred from, and nowhere else; over all matters, as the role does', () => {
  const single = member('surveillance-analyst', { standsIn: [{ role: 'supervisor', account: 'z', firms: ['sdx'] }] });
  assert.equal(decide(single, 'stage.decide', { firm: 'sdx' }).allowed, true);
  assert.equal(decide(single, 'dossier.read').allowed, true, 'what the act stands on');
  for (const [action, resource] of [['stage.decide', { firm: 'kpx' }], ['stage.decide', {}], ['calendar.announce', {}], ['person.erase', { firm: 'sdx' }]] as const) {
    const other = decide(single, action, resource);
    assert.ok(!other.allowed && other.rejection.code === 'FORBIDDEN', action);
  }
  assert.deepEqual(actionsOf(single).filter((action) => !actionsOf(member('surveillance-analyst')).includes(action)), ['dossier.read', 'dossier.assess', 'stage.decide', 'stage.second', 'obligation.waive', 'obligation.second']);
  const torn = decide({ ...single, conflicts: ['sdx'] }, 'stage.decide', { firm: 'sdx' });
  assert.ok(!torn.allowed && torn.rejection.code === 'CONFLICT_OF_INTEREST', 'a deputy has conflicts of their own');
  const away = member('surveillance-analyst', { standsIn: [{ role: 'supervisor', account: 'z', firms: 'all' }] });
  assert.equal(decide(away, 'calendar.announce').allowed, true);
  const own = decide(away, 'stage.second', { firm: 'kpx', proposer: 'a' });
  assert.ok(!own.allowed && own.rejection.code === 'SECOND_PERSON_REQUIRED', 'nobody seconds themselves under another role');
  assert.equal(decide(member('firm-compliance', { standsIn: [{ role: 'supervisor', account: 'z', firms: 'all' }] }), 'calendar.announce').allowed, false, 'never in another organisation');
});

test('what needs a second person or a fresh proof says so', () => {
  assert.deepEqual(decide(member('surveillance-analyst'), 'person.unmask'), { allowed: true, needsSecond: true, needsStepUp: true });
  assert.deepEqual(decide(member('surveillance-analyst'), 'alert.decide'), { allowed: true, needsSecond: true, needsStepUp: true });
  assert.deepEqual(decide(member('surveillance-analyst'), 'alert.read'), { allowed: true, needsSecond: false, needsStepUp: false });
});

test('any member, action and resource get an answer, and a role counts only in its own organisation', () => {
  const anyMember = fc.record({
    account: fc.constantFrom('a', 'b'), organisation: fc.constantFrom(...ORGANISATIONS), roles: fc.subarray(roles), firm: fc.constantFrom('sdx', 'kpx'), conflicts: fc.subarray(['sdx', 'kpx']),
  });
  const anyResource = fc.record({ firm: fc.constantFrom('sdx', 'kpx'), proposer: fc.constantFrom('a', 'b') }, { requiredKeys: [] });
  fc.assert(fc.property(anyMember, fc.constantFrom(...actions), anyResource, (who, action, resource) => {
    const decision = decide(who, action, resource);
    const granted = who.roles.some((role) => GRANTED[action].includes(role) && ROLES[role].organisation === who.organisation);
    if (decision.allowed) {
      assert.ok(granted);
      if (who.organisation === 'firm') assert.ok(resource.firm === undefined || resource.firm === who.firm);
      if (action === 'decision.second' || action === 'stage.second') assert.notEqual(resource.proposer, who.account);
    } else assert.deepEqual(decision.whoMay, GRANTED[action]);
    if (!granted) assert.equal(decision.allowed, false);
  }));
});
