/** The policy table, role by role and route by route: a change of who may do what must change this table too. */
import { describe, expect, it } from 'vitest';
import {
  covers,
  facilitiesOf,
  groupTasks,
  hasDuty,
  type InstanceRights,
  mayAct,
  mayOperate,
  mayRead,
  mayReadTask,
  maySee,
  mayStart,
  narrowed,
  type Person,
  readableInstances,
  rolesAt,
  type TaskRights,
} from '../../api/http/policy.ts';
import { groupOperators, mayUse, operators as operatorRule, reachOf } from '../../api/http/route-policy.ts';
import { mayRegister, maySeeTexts, textFacilities } from '../../api/processes/complaint/access.ts';
import { mayDecide } from '../../api/processes/refund/access.ts';
import { operatorRole } from '../../engine/model/roles.ts';
import { readRoles } from '../../scripts/seed/organisation-files.ts';
import type { InstanceSource } from '../../store/runtime/instance-filter.ts';
import { routes } from './all-routes.ts';

const roles = await readRoles();

const aPerson = (...held: string[]): Person => ({
  id: 'somebody',
  name: '某人',
  roles: held.map((text) => {
    const [role = '', facility = '*'] = text.split('@');
    return { role, facility, duties: roles.find((one) => one.id === role)?.duties ?? [] };
  }),
});

const everybody = roles.map(({ id }) => id);
const ops: string[] = ['ops'];
const administrators: string[] = ['administrator', 'facility-administrator'];
const overseers: string[] = ['ops', 'cs-director', 'cs-general-director', 'president', 'gm-office', 'gm'];
const approvers: string[] = [
  'cs-director',
  'cs-general-director',
  'department-head',
  'president',
  'finance',
  'gm-office',
  'gm',
];
const payers: string[] = [
  'consultant',
  'handler',
  'cs-director',
  'cs-general-director',
  'president',
  'finance',
  'cashier',
  'gm',
];
const messengers: string[] = [
  'ops',
  'handler',
  'cs-director',
  'cs-general-director',
  'medical-affairs',
  'callback',
  'callback-lead',
  'group-callback',
];
const suppliers = ['hospital-system'];
const carers = [
  'consultant',
  'handler',
  'cs-director',
  'cs-general-director',
  'president',
  'medical-affairs',
  'group-medical-affairs',
  'callback',
  'callback-lead',
  'group-callback',
  'member-manager',
];

const table: Record<string, 'public' | string[]> = {
  'POST /api/login': 'public',
  'POST /api/logout': everybody,
  'GET /api/me': everybody,
  'GET /api/me/sessions': everybody,
  'DELETE /api/me/sessions/{session}': everybody,
  'POST /api/me/password': everybody,
  'GET /api/me/substitutes': everybody,
  'PUT /api/me/substitutes': everybody,
  'POST /api/callbacks/{secret}/receipts': 'public',
  'POST /api/callbacks/{secret}/replies': 'public',
  'POST /api/password': 'public',
  'POST /api/proposals': ops,
  'GET /api/proposals': ops,
  'GET /api/proposals/{id}': ops,
  'POST /api/proposals/{id}/release': ops,
  'POST /api/proposals/{id}/reject': ops,
  'GET /api/audit': ['auditor'],
  'GET /api/roles': everybody,
  'GET /api/staff': administrators,
  'POST /api/staff': administrators,
  'GET /api/staff/{id}': administrators,
  'GET /api/staff/{id}/substitutes': administrators,
  'PUT /api/staff/{id}/substitutes': administrators,
  'PUT /api/staff/{id}/name': administrators,
  'PUT /api/staff/{id}/roles': administrators,
  'POST /api/staff/{id}/disable': administrators,
  'POST /api/staff/{id}/enable': administrators,
  'POST /api/staff/{id}/password-link': administrators,
  'GET /api/staff/{id}/sessions': administrators,
  'DELETE /api/staff/{id}/sessions': administrators,
  'DELETE /api/staff/{id}/sessions/{session}': administrators,
  'POST /api/staff/{id}/pseudonymise': administrators,
  'POST /api/complaints': everybody,
  'GET /api/complaints': everybody,
  'GET /api/complaints/{caseNumber}': everybody,
  'GET /api/tasks': everybody,
  'GET /api/tasks/counts': everybody,
  'GET /api/tasks/{id}': everybody,
  'GET /api/tasks/{id}/assignees': everybody,
  'GET /api/tasks/{id}/choices': everybody,
  'GET /api/people': everybody,
  'GET /api/colleagues': everybody,
  'GET /api/instances/{id}/facts': everybody,
  'GET /api/patient-choices': everybody,
  'GET /api/instances/{id}/related': everybody,
  'GET /api/similar-instances': everybody,
  'GET /api/file-rules': everybody,
  'POST /api/files': everybody,
  'GET /api/files/{id}': everybody,
  'GET /api/files/{id}/content': everybody,
  'DELETE /api/files/{id}': everybody,
  'POST /api/files/{id}/withdraw': everybody,
  'GET /api/instances/{id}/files': everybody,
  'GET /api/drafts/{kind}/{of}': everybody,
  'PUT /api/drafts/{kind}/{of}': everybody,
  'DELETE /api/drafts/{kind}/{of}': everybody,
  'GET /api/events': everybody,
  'GET /api/patients': carers,
  'GET /api/patients/{id}': carers,
  'GET /api/follow-up-calls': carers,
  'GET /api/follow-up-reports': carers,
  'GET /api/follow-ups': carers,
  'GET /api/follow-ups/{chain}': carers,
  'POST /api/events': suppliers,
  'GET /api/hospital-events': suppliers,
  'POST /api/patient-imports': suppliers,
  'GET /api/views': everybody,
  'PUT /api/views/{id}': everybody,
  'DELETE /api/views/{id}': everybody,
  'POST /api/tasks/acts': everybody,
  'POST /api/tasks/{id}/claim': everybody,
  'POST /api/tasks/{id}/unclaim': everybody,
  'POST /api/tasks/{id}/assign': everybody,
  'POST /api/tasks/{id}/complete': everybody,
  'POST /api/tasks/{id}/return': everybody,
  'GET /api/payments': payers,
  'GET /api/refunds': everybody,
  'GET /api/refunds/{id}': everybody,
  'POST /api/refunds/{id}/decision': approvers,
  'GET /api/instances': everybody,
  'POST /api/instances': everybody,
  'GET /api/instances/{id}': everybody,
  'GET /api/instances/{id}/explain': everybody,
  'GET /api/instances/{id}/journal': everybody,
  'POST /api/instances/{id}/retry': ops,
  'POST /api/instances/{id}/cancel': ops,
  'POST /api/instances/{id}/clock': ops,
  'GET /api/instances/{id}/variables': everybody,
  'POST /api/instances/{id}/variables': ops,
  'POST /api/instances/{id}/skip': ops,
  'POST /api/instances/{id}/migrate': ops,
  'POST /api/instances/{id}/modify': ops,
  'POST /api/migrations': ops,
  'POST /api/modifications': ops,
  'POST /api/batches': ops,
  'POST /api/batches/preview': ops,
  'GET /api/batches': ops,
  'GET /api/batches/{id}': ops,
  'POST /api/batches/{id}/stop': ops,
  'POST /api/batches/{id}/resume': ops,
  'GET /api/definitions': everybody,
  'GET /api/definitions/{key}': everybody,
  'GET /api/definitions/{key}/statistics': ops,
  'GET /api/instance-totals': everybody,
  'GET /api/runtime': ops,
  'POST /api/definitions': ops,
  'POST /api/definitions/impact': ops,
  'GET /api/drawings': ops,
  'GET /api/drawings/{id}': ops,
  'PUT /api/drawings/{id}': ops,
  'DELETE /api/drawings/{id}': ops,
  'GET /api/lint-context': ops,
  'GET /api/simulation-context': ops,
  'GET /api/definitions/{key}/versions/{version}': everybody,
  'GET /api/definitions/{key}/versions/{version}/files': everybody,
  'GET /api/definitions/{key}/versions/{version}/forms/{formId}': everybody,
  'POST /api/definitions/{key}/versions/{version}/deactivate': ops,
  'POST /api/definitions/{key}/versions/{version}/activate': ops,
  'GET /api/definitions/{key}/schedules': everybody,
  'GET /api/definitions/{key}/schedules/journal': ops,
  'POST /api/definitions/{key}/schedules/{schedule}/pause': ops,
  'POST /api/definitions/{key}/schedules/{schedule}/resume': ops,
  'POST /api/definitions/{key}/schedules/{schedule}/trigger': ops,
  'GET /api/job-types': everybody,
  'PUT /api/job-types/{type}': ops,
  'DELETE /api/job-types/{type}': ops,
  'POST /api/messages': messengers,
  'POST /api/conditions': messengers,
  'GET /api/messages': ops,
  'GET /api/subscriptions': ops,
  'GET /api/messages/{id}': messengers,
  'DELETE /api/messages/{id}': ops,
  'POST /api/signals': ops,
  'GET /api/letters': ops,
  'POST /api/letters/{id}/resend': ops,
  'POST /api/letters/{id}/give-up': ops,
  'POST /api/letters/acts': ops,
  'GET /api/gateways': ops,
  'POST /api/gateways/{audience}/lanes/{lane}/resume': ops,
  'GET /api/calendar/why': everybody,
  'GET /api/rule-sets': everybody,
  'GET /api/rule-sets/{key}/versions/{version}': everybody,
  'POST /api/rule-sets/{key}/versions': ops,
  'GET /api/facilities': everybody,
  'POST /api/facilities': ops,
  'PUT /api/facilities/{code}': ops,
  'GET /api/calendars': everybody,
  'GET /api/calendars/{id}/years/{year}': everybody,
  'POST /api/calendars/{id}/notices': ops,
  'POST /api/codec/decode': everybody,
  'POST /api/codec/encode': everybody,
  'GET /healthz': 'public',
  'GET /readyz': 'public',
  'GET /metrics': 'public',
};

/** Without a row of a facility: the role is needed for the whole group. */
const groupWide: string[] = [
  'POST /api/gateways/{audience}/lanes/{lane}/resume',
  'POST /api/definitions',
  'POST /api/definitions/impact',
  'GET /api/drawings',
  'GET /api/drawings/{id}',
  'PUT /api/drawings/{id}',
  'DELETE /api/drawings/{id}',
  'GET /api/lint-context',
  'GET /api/simulation-context',
  'POST /api/definitions/{key}/versions/{version}/deactivate',
  'POST /api/definitions/{key}/versions/{version}/activate',
  'GET /api/definitions/{key}/schedules/journal',
  'POST /api/definitions/{key}/schedules/{schedule}/pause',
  'POST /api/definitions/{key}/schedules/{schedule}/resume',
  'POST /api/definitions/{key}/schedules/{schedule}/trigger',
  'PUT /api/job-types/{type}',
  'DELETE /api/job-types/{type}',
  'POST /api/conditions',
  'POST /api/calendars/{id}/notices',
  'POST /api/rule-sets/{key}/versions',
  'POST /api/facilities',
  'PUT /api/facilities/{code}',
];

describe('each role at each route', () => {
  it('is in the table, route by route', () => {
    expect(routes.map(({ key }) => key).sort()).toEqual(Object.keys(table).sort());
  });

  it.each(Object.entries(table))('%s', (key, allowed) => {
    const rule = routes.find((one) => one.key === key)!.access;
    const nobody = mayUse(rule, null);
    if (allowed === 'public') {
      expect(nobody).toBe('yes');
      return;
    }
    expect(nobody).toBe('log-in');
    const ofGroup = typeof rule === 'object' && rule.at === 'group';
    expect([key, ofGroup]).toEqual([key, groupWide.includes(key)]);
    for (const role of everybody) {
      const isAllowed = allowed.includes(role);
      expect([role, mayUse(rule, aPerson(`${role}@*`))]).toEqual([role, isAllowed ? 'yes' : 'no']);
      const there = isAllowed ? (ofGroup ? 'no-group' : 'yes') : 'no';
      expect([role, mayUse(rule, aPerson(`${role}@BJ`))]).toEqual([role, there]);
    }
    expect(mayUse(rule, aPerson())).toBe('no');
  });
});

describe('duties', () => {
  it('are those of the roles held there or in the whole group', () => {
    expect(hasDuty(aPerson('president@BJ'), 'oversee', 'BJ')).toBe(true);
    expect(hasDuty(aPerson('president@BJ'), 'oversee', 'SH')).toBe(false);
    expect(hasDuty(aPerson('gm'), 'oversee', 'SH')).toBe(true);
    expect(hasDuty(aPerson('cashier@BJ'), 'oversee', 'BJ')).toBe(false);
  });

  it('of the operators are with their role, which everything that needs them names', () => {
    expect(roles.filter(({ duties }) => duties.includes('operate')).map(({ id }) => id)).toEqual([operatorRole]);
  });
});

describe('facilities', () => {
  it('are those a person belongs to, and all for a role of the group', () => {
    const both = aPerson('handler@BJ', 'callback@SH', 'intake@BJ');
    expect(facilitiesOf(both)).toEqual(['BJ', 'SH']);
    expect(facilitiesOf(aPerson('gm'))).toBeUndefined();
    expect([maySee(both, 'SH'), maySee(both, 'CD'), maySee(aPerson('gm'), 'CD')]).toEqual([true, false, true]);
    expect([mayRegister(both, 'BJ'), mayRegister(both, 'CD')]).toEqual([true, false]);
  });

  it('asked for in a list are shown only as far as they may be seen', () => {
    expect(narrowed(['BJ'])).toEqual(['BJ']);
    expect(narrowed(['BJ'], 'BJ')).toEqual(['BJ']);
    expect(narrowed(['BJ'], 'SH')).toEqual([]);
    expect(narrowed(undefined, 'SH')).toEqual(['SH']);
    expect(narrowed(undefined)).toBeUndefined();
  });

  it('at which a route may be used are those where a role is held that it names', () => {
    const mixed = aPerson('ops@BJ', 'intake@SH', 'hr@*');
    expect(reachOf(operatorRule, mixed)).toEqual(['BJ']);
    expect(reachOf('staff', mixed)).toBeUndefined();
    expect(reachOf({ roles: ['intake', 'cashier'], at: 'facility' }, mixed)).toEqual(['SH']);
    expect(reachOf(operatorRule, aPerson('ops', 'intake@SH'))).toBeUndefined();
    expect([covers(['BJ'], 'BJ'), covers(['BJ'], 'SH'), covers(undefined, 'SH')]).toEqual([true, false, true]);
  });

  it('are not enough for what concerns the whole group', () => {
    expect(mayUse(groupOperators, aPerson('ops@BJ', 'intake@*'))).toBe('no-group');
    expect(mayUse(groupOperators, aPerson('intake@*'))).toBe('no');
    expect(mayUse(groupOperators, aPerson('ops'))).toBe('yes');
    expect(reachOf(groupOperators, aPerson('ops@BJ', 'intake@*'))).toEqual([]);
  });

  it('count the role held there before that of the group', () => {
    expect(rolesAt(aPerson('gm', 'president@BJ', 'handler@SH'), 'BJ')).toEqual(['president', 'gm']);
  });
});

describe('an instance at BJ', () => {
  /** Led by hr, with an open task for handlers; somebody has worked on it. */
  const instance: InstanceRights = { facility: 'BJ', groups: ['handler', 'hr'], participants: ['somebody'] };
  const others: InstanceRights = { ...instance, participants: ['another'] };
  const readers: string[] = [...overseers, 'handler', 'hr'];

  it.each(everybody)(
    'is read by %s there if the role leads, works or oversees, and by nobody of another facility',
    (role) => {
      expect(mayRead(aPerson(`${role}@BJ`), others)).toBe(readers.includes(role));
      expect(mayRead(aPerson(`${role}@*`), others)).toBe(readers.includes(role));
      expect(mayRead(aPerson(`${role}@SH`), others)).toBe(false);
      expect(mayRead(aPerson(`${role}@SH`, 'cashier@BJ'), others)).toBe(false);
    },
  );

  it('is read by who takes part in it, as long as they belong to the facility', () => {
    expect(mayRead(aPerson('cashier@BJ'), instance)).toBe(true);
    expect(mayRead(aPerson('cashier@SH'), instance)).toBe(false);
    expect(mayRead(aPerson(), instance)).toBe(false);
  });

  it.each(everybody)('is retried, skipped, cancelled, corrected, migrated there by ops only, and not by %s', (role) => {
    expect(mayOperate(aPerson(`${role}@BJ`), 'BJ')).toBe(role === 'ops');
    expect(mayOperate(aPerson('ops@SH', `${role}@BJ`), 'BJ')).toBe(role === 'ops');
  });

  it('is in the lists of exactly those who may read it', () => {
    const isFound = (source: InstanceSource, { facility, groups = [], participants = [] }: InstanceRights): boolean => {
      if (source.by === 'participant')
        return participants.includes(source.staff) && (source.facilities ?? [facility]).includes(facility);
      if ((source.facility ?? facility) !== facility) return false;
      return source.by === 'facility' || source.groups.some((group) => groups.includes(group));
    };
    const inList = (person: Person, row: InstanceRights, facility?: string): boolean =>
      readableInstances(person, facility).some((source) => isFound(source, row));
    const places = ['BJ', 'SH', '*'];
    for (const one of everybody)
      for (const other of everybody)
        for (const place of places)
          for (const row of [instance, others]) {
            const person = aPerson(`${one}@${place}`, `${other}@SH`);
            const expected = mayRead(person, row);
            const about = `${one}@${place} ${other}@SH`;
            expect([about, inList(person, row)]).toEqual([about, expected]);
            expect([about, inList(person, row, 'BJ')]).toEqual([about, expected]);
            expect([about, inList(person, row, 'SH')]).toEqual([about, false]);
          }
    expect(readableInstances(aPerson('ops'))).toEqual([{ by: 'facility' }]);
    expect(readableInstances(aPerson())).toEqual([]);
  });
});

describe('a start', () => {
  it('is for the roles that the process names, at their facility, and for its operators', () => {
    expect(mayStart(aPerson('hr@BJ', 'cashier@SH'), 'BJ', ['hr'])).toEqual({ ok: true, role: 'hr' });
    expect(mayStart(aPerson('hr@BJ', 'cashier@SH'), 'SH', ['hr'])).toMatchObject({ code: 'not-a-starter' });
    expect(mayStart(aPerson('hr'), 'SH', ['hr'])).toEqual({ ok: true, role: 'hr' });
    expect(mayStart(aPerson('ops@BJ'), 'BJ', ['hr'])).toEqual({ ok: true });
    expect(mayStart(aPerson('ops@SH', 'cashier@BJ'), 'BJ', ['hr'])).toMatchObject({ ok: false });
  });

  it('is for everybody of the facility, or for operators only', () => {
    expect(mayStart(aPerson('cashier@BJ'), 'BJ', ['*'])).toEqual({ ok: true, role: 'cashier' });
    expect(mayStart(aPerson('cashier@SH'), 'BJ', ['*'])).toMatchObject({ ok: false });
    for (const role of everybody)
      expect([role, mayStart(aPerson(`${role}@BJ`), 'BJ', []).ok]).toEqual([role, role === 'ops']);
  });
});

describe('what was told', () => {
  it('is read by who works or judges the case at its facility, and by who took it down', () => {
    const facility = 'BJ';
    expect(maySeeTexts(aPerson('handler@BJ'), { facility })).toBe(true);
    expect(maySeeTexts(aPerson('handler@SH'), { facility })).toBe(false);
    expect(maySeeTexts(aPerson('legal'), { facility })).toBe(true);
    for (const role of ['cashier', 'finance', 'hr', 'member-manager', 'ops', 'intake', 'consultant', 'callback'])
      expect([role, maySeeTexts(aPerson(`${role}@BJ`), { facility })]).toEqual([role, false]);
    expect(maySeeTexts(aPerson('intake@BJ'), { facility, registeredBy: 'somebody' })).toBe(true);
    expect(maySeeTexts(aPerson('intake@SH'), { facility, registeredBy: 'somebody' })).toBe(false);
  });

  it('is searched only where it is read', () => {
    expect(textFacilities(aPerson('handler@BJ', 'cashier@SH'))).toEqual(['BJ']);
    expect(textFacilities(aPerson('gm'))).toBeUndefined();
    expect(textFacilities(aPerson('ops'))).toEqual([]);
  });
});

describe('a task', () => {
  const task = (about: Partial<TaskRights> = {}): TaskRights => ({
    facility: 'BJ',
    assignee: null,
    candidateGroups: ['handler'],
    candidateUsers: [],
    excludedUsers: [],
    ...about,
  });

  it('shows what it holds to whom it is for, who leads its process, and the overseers there', () => {
    const led = task({ leaderGroups: ['hr'] });
    for (const role of everybody) {
      const reads = [...overseers, 'handler', 'hr'].includes(role);
      expect([role, mayReadTask(aPerson(`${role}@BJ`), led)]).toEqual([role, reads]);
      expect([role, mayReadTask(aPerson(`${role}@SH`, 'intake@BJ'), led)]).toEqual([role, false]);
    }
    expect(mayReadTask(aPerson('cashier@BJ'), task({ assignee: 'somebody' }))).toBe(true);
    expect(mayReadTask(aPerson('cashier@SH'), task({ assignee: 'somebody' }))).toBe(false);
    expect(mayReadTask(aPerson('cashier@BJ'), task({ candidateUsers: ['somebody'] }))).toBe(true);
  });

  it('is found by its group where that role is held, or where the work of others is overseen', () => {
    const mixed = aPerson('handler@BJ', 'president@SH');
    expect(groupTasks(mixed, 'handler')).toEqual([
      { by: 'group', group: 'handler', facility: 'BJ' },
      { by: 'group', group: 'handler', facility: 'SH' },
    ]);
    expect(groupTasks(mixed, '*')).toEqual([
      { by: 'group', group: 'handler', facility: 'BJ' },
      { by: 'facility', facility: 'SH' },
    ]);
    expect(groupTasks(aPerson('intake@BJ', 'handler@SH'), 'handler')).toEqual([
      { by: 'group', group: 'handler', facility: 'SH' },
    ]);
    expect(groupTasks(aPerson('gm'), 'handler')).toEqual([{ by: 'group', group: 'handler' }]);
  });

  it('is for its candidates at its facility, in their role', () => {
    expect(mayAct(aPerson('handler@BJ'), task(), 'complete')).toEqual({ ok: true, role: 'handler' });
    expect(mayAct(aPerson('handler@SH'), task(), 'claim')).toMatchObject({ ok: false, code: 'not-a-candidate' });
    expect(mayAct(aPerson('president@BJ'), task(), 'claim')).toMatchObject({ ok: false });
    expect(mayAct(aPerson('gm'), task({ candidateGroups: ['gm'] }), 'claim')).toEqual({ ok: true, role: 'gm' });
  });

  it('is for whom it names, whatever their role', () => {
    expect(mayAct(aPerson('cashier@BJ'), task({ assignee: 'somebody' }), 'complete')).toEqual({
      ok: true,
      role: 'cashier',
    });
    expect(mayAct(aPerson('cashier@BJ'), task({ candidateUsers: ['somebody'] }), 'claim')).toMatchObject({ ok: true });
  });

  it('that names somebody who is away is taken over by who stands in for them, but not one of a role', () => {
    const standsIn = { ...aPerson('cashier@BJ'), represents: ['away'] };
    const named = { candidateGroups: [] };
    for (const about of [
      { ...named, assignee: 'away' },
      { ...named, candidateUsers: ['away'] },
    ]) {
      expect(mayAct(standsIn, task(about), 'assign')).toEqual({ ok: true, role: 'cashier' });
      expect(mayReadTask(standsIn, task(about))).toBe(true);
      for (const act of ['claim', 'unclaim', 'complete', 'return'] as const)
        expect(mayAct(standsIn, task(about), act)).toMatchObject({ ok: false });
      expect(mayAct(aPerson('cashier@BJ'), task(about), 'assign')).toMatchObject({ ok: false });
    }
    expect(mayAct(standsIn, task({ assignee: 'away' }), 'assign')).toMatchObject({ ok: false });
    expect(mayReadTask(standsIn, task({ assignee: 'away' }))).toBe(false);
    const excluded = task({ ...named, assignee: 'away', excludedUsers: ['somebody'] });
    expect(mayAct(standsIn, excluded, 'assign')).toMatchObject({ code: 'own-application' });
    const elsewhere = { ...aPerson('cashier@SH'), represents: ['away'] };
    expect(mayReadTask(elsewhere, task({ ...named, assignee: 'away' }))).toBe(false);
  });

  it('is given to another by who leads its process at its facility, who may not do it otherwise', () => {
    const led = task({ leaderGroups: ['cs-director'] });
    expect(mayAct(aPerson('president@BJ'), led, 'assign')).toMatchObject({ ok: false });
    expect(mayAct(aPerson('cs-director@BJ'), led, 'assign')).toEqual({ ok: true, role: 'cs-director' });
    expect(mayAct(aPerson('cs-director@BJ'), led, 'complete')).toMatchObject({ ok: false });
    expect(mayAct(aPerson('cs-director@SH'), led, 'assign')).toMatchObject({ ok: false });
  });

  it('is handed to another by the operators of its facility', () => {
    expect(mayAct(aPerson('ops@BJ'), task(), 'assign')).toEqual({ ok: true, role: 'ops' });
    expect(mayAct(aPerson('ops@BJ'), task(), 'claim')).toMatchObject({ ok: false });
    expect(mayAct(aPerson('ops@SH', 'cashier@BJ'), task(), 'assign')).toMatchObject({ ok: false });
  });

  it('is never for whom it excludes, not even as its assignee', () => {
    const own = task({ excludedUsers: ['somebody'], assignee: 'somebody' });
    for (const act of ['claim', 'unclaim', 'assign', 'complete', 'return'] as const)
      expect(mayAct(aPerson('handler@BJ', 'cs-director@BJ'), own, act)).toMatchObject({ code: 'own-application' });
  });
});

describe('a refund', () => {
  const open = { facility: 'BJ', roles: ['president'] };

  it('is decided by the role of the open step at its facility', () => {
    expect(mayDecide(aPerson('president@BJ'), open)).toEqual({ ok: true, role: 'president' });
    expect(mayDecide(aPerson('president@SH'), open)).toMatchObject({ code: 'wrong-role' });
    expect(mayDecide(aPerson('cs-director@BJ'), open)).toMatchObject({ code: 'wrong-role' });
  });

  it('is never decided by its applicant', () => {
    expect(mayDecide(aPerson('president@BJ'), { ...open, applicant: 'somebody' })).toMatchObject({
      code: 'own-application',
    });
  });
});
