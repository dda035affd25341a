/**
 * Role and facility are one question, at every route: what somebody may do at one facility opens nothing at another. Each route of the
 * registry says here how it is crossed; a new route without a line fails.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashPassword } from '../../../api/http/passwords.ts';
import { readRoles } from '../../../scripts/seed/organisation-files.ts';
import { FileModel } from '../../../store/files/files.ts';
import { OutboxModel } from '../../../store/messaging/outbox.ts';
import type { RoleAt } from '../../../store/organisation/role-at.ts';
import { saveStaff } from '../../../store/organisation/staff.ts';
import { weekFigures } from '../../../store/processes/followUp/week-figures.ts';
import { saveWeekReport } from '../../../store/processes/followUp/week-reports.ts';
import { RefundModel } from '../../../store/processes/refund/refunds.ts';
import { ProposalModel } from '../../../store/runtime/proposals.ts';
import { ScheduleModel } from '../../../store/runtime/schedules.ts';
import { routes } from '../../api/all-routes.ts';
import { eventually } from '../../support/runtime.ts';
import { type Answer, type Body, type Caller, password, registered, startApi, type TestApi } from './support.ts';

type Kind =
  | 'complaint'
  | 'task'
  | 'instance'
  | 'refund'
  | 'message'
  | 'letter'
  | 'batch'
  | 'schedule'
  | 'staff'
  | 'proposal'
  | 'patient'
  | 'followUp'
  | 'file';

type Crossing =
  /** Without login, or of the person alone, or the same for everybody of the group. */
  | { of: 'public' | 'oneself' | 'everybody' }
  /** For roles of the whole group only. */
  | { of: 'group'; body?: object }
  /** Rows of facilities. */
  | { of: 'list'; query?: string }
  /** Numbers of what is within reach. */
  | { of: 'counts' }
  /** One row. */
  | { of: Kind; body?: object; query?: string }
  /** Names a facility in its body or query. @param unlikeMissing one that does not exist is told as such: codes are no secret here */
  | {
      of: 'place';
      body?: (facility: string) => object;
      query?: (facility: string) => string;
      status: number;
      unlikeMissing?: true;
    };

const reason = { reason: 'access test' };
/** Workflow ids are shared by the test files of a namespace. */
const access = randomUUID().slice(0, 8);
const aPatient = {
  source: 'access-test',
  type: 'patientChanged',
  occurredAt: '2027-03-01T10:00:00+08:00',
  sequence: 1,
  data: { name: '王女士' },
};
const crossings: Record<string, Crossing> = {
  'POST /api/login': { of: 'public' },
  'POST /api/logout': { of: 'oneself' },
  'GET /api/me': { of: 'oneself' },
  'POST /api/complaints': {
    of: 'place',
    body: (facility) => ({ facility, channel: 'hotline', patient: { name: '王女士' }, text: '等候', demand: '道歉' }),
    status: 403,
  },
  'GET /api/complaints': { of: 'list' },
  'GET /api/complaints/{caseNumber}': { of: 'complaint' },
  'GET /api/tasks': { of: 'list', query: 'group=*' },
  'GET /api/tasks/counts': { of: 'oneself' },
  'GET /api/tasks/{id}': { of: 'task' },
  'GET /api/tasks/{id}/choices': { of: 'task' },
  'POST /api/tasks/{id}/claim': { of: 'task' },
  'POST /api/tasks/{id}/unclaim': { of: 'task' },
  'POST /api/tasks/{id}/assign': { of: 'task', body: { assignee: 'cs-director-bj' } },
  'POST /api/tasks/{id}/complete': { of: 'task', body: { variables: {} } },
  'POST /api/tasks/{id}/return': { of: 'task', body: reason },
  'GET /api/payments': { of: 'list' },
  'GET /api/refunds': { of: 'list' },
  'GET /api/refunds/{id}': { of: 'refund' },
  'POST /api/refunds/{id}/decision': { of: 'refund', body: { decision: 'approve' } },
  'GET /api/instances': { of: 'list' },
  'POST /api/instances': { of: 'place', body: (facility) => ({ process: 'leave', facility }), status: 403 },
  'GET /api/instance-totals': { of: 'list', query: 'by=facility' },
  'GET /api/instances/{id}': { of: 'instance' },
  'GET /api/instances/{id}/explain': { of: 'instance' },
  'GET /api/instances/{id}/journal': { of: 'instance' },
  'GET /api/instances/{id}/variables': { of: 'instance' },
  'GET /api/instances/{id}/facts': { of: 'instance' },
  'GET /api/file-rules': { of: 'everybody' },
  // To a task, a start or an instance that the person may act on or read: tests/runtime/api/files.test.ts.
  'POST /api/files': { of: 'oneself' },
  'GET /api/files/{id}': { of: 'file' },
  'GET /api/files/{id}/content': { of: 'file' },
  'DELETE /api/files/{id}': { of: 'file' },
  'POST /api/files/{id}/withdraw': { of: 'file', body: reason },
  'GET /api/instances/{id}/files': { of: 'instance' },
  'GET /api/instances/{id}/related': { of: 'instance' },
  'GET /api/similar-instances': {
    of: 'place',
    query: (facility) => `facility=${facility}&column=patient&value=MR`,
    status: 404,
  },
  'GET /api/colleagues': { of: 'place', query: (facility) => `facility=${facility}`, status: 404 },
  // Of the person alone, and only where they may complete the task or start the process: tests/runtime/api/drafts.test.ts.
  'GET /api/drafts/{kind}/{of}': { of: 'oneself' },
  'PUT /api/drafts/{kind}/{of}': { of: 'oneself' },
  'DELETE /api/drafts/{kind}/{of}': { of: 'oneself' },
  'POST /api/instances/{id}/variables': { of: 'instance', body: { variables: { note: 1 } } },
  'POST /api/instances/{id}/retry': { of: 'instance', body: { key: '1' } },
  'POST /api/instances/{id}/skip': { of: 'instance', body: { key: '1', ...reason } },
  'POST /api/instances/{id}/migrate': { of: 'instance', body: { version: 1, dryRun: true } },
  'POST /api/instances/{id}/modify': {
    of: 'instance',
    body: { instructions: [{ type: 'cancel', key: '1' }], dryRun: true },
  },
  'POST /api/instances/{id}/cancel': { of: 'instance', body: reason },
  'POST /api/instances/{id}/clock': {
    of: 'instance',
    body: { to: new Date(Date.now() + 30 * 86_400_000).toISOString() },
  },
  'POST /api/migrations': {
    of: 'place',
    body: (facility) => ({ process: 'complaint', fromVersion: 1, toVersion: 1, dryRun: true, filter: { facility } }),
    status: 403,
  },
  'POST /api/modifications': {
    of: 'place',
    body: (facility) => ({
      process: 'complaint',
      version: 1,
      dryRun: true,
      filter: { facility },
      instructions: [{ type: 'cancel', element: 'AcceptComplaint' }],
    }),
    status: 403,
  },
  'GET /api/batches': { of: 'list' },
  'GET /api/batches/{id}': { of: 'batch' },
  'POST /api/batches': { of: 'place', body: (facility) => ({ kind: 'retry', filter: { facility } }), status: 403 },
  'POST /api/batches/preview': {
    of: 'place',
    body: (facility) => ({ kind: 'retry', filter: { facility } }),
    status: 403,
  },
  'POST /api/batches/{id}/stop': { of: 'batch' },
  'POST /api/batches/{id}/resume': { of: 'batch' },
  'GET /api/definitions': { of: 'everybody' },
  'GET /api/definitions/{key}': { of: 'everybody' },
  'GET /api/definitions/{key}/statistics': { of: 'counts' },
  'GET /api/definitions/{key}/versions/{version}': { of: 'everybody' },
  'GET /api/definitions/{key}/versions/{version}/files': { of: 'everybody' },
  'GET /api/definitions/{key}/versions/{version}/forms/{formId}': { of: 'everybody' },
  'POST /api/definitions': { of: 'group', body: { xml: '<definitions/>' } },
  'POST /api/definitions/impact': { of: 'group', body: { xml: '<definitions/>' } },
  'GET /api/drawings': { of: 'group' },
  'GET /api/drawings/{id}': { of: 'group' },
  'PUT /api/drawings/{id}': {
    of: 'group',
    body: { process: 'orders', name: '订单', shared: false, revision: 0, files: { xml: '<definitions/>' } },
  },
  'DELETE /api/drawings/{id}': { of: 'group' },
  'GET /api/lint-context': { of: 'group' },
  'GET /api/simulation-context': { of: 'group' },
  'POST /api/definitions/{key}/versions/{version}/deactivate': { of: 'group', body: {} },
  'POST /api/definitions/{key}/versions/{version}/activate': { of: 'group', body: {} },
  'GET /api/definitions/{key}/schedules': { of: 'list' },
  'GET /api/definitions/{key}/schedules/journal': { of: 'group' },
  'POST /api/definitions/{key}/schedules/{schedule}/pause': { of: 'group', body: {} },
  'POST /api/definitions/{key}/schedules/{schedule}/resume': { of: 'group', body: {} },
  'POST /api/definitions/{key}/schedules/{schedule}/trigger': { of: 'group', body: {} },
  'GET /api/job-types': { of: 'everybody' },
  'PUT /api/job-types/{type}': { of: 'group', body: { taskQueue: 'others', description: 'access test' } },
  'DELETE /api/job-types/{type}': { of: 'group' },
  'POST /api/messages': { of: 'place', body: (facility) => ({ name: 'nobody-hears', facility }), status: 403 },
  'POST /api/conditions': { of: 'group', body: { variables: {}, facility: 'BJ' } },
  'GET /api/messages': { of: 'list' },
  'GET /api/subscriptions': { of: 'list' },
  'GET /api/messages/{id}': { of: 'message' },
  'DELETE /api/messages/{id}': { of: 'message', query: 'reason=access' },
  'POST /api/signals': { of: 'place', body: (facility) => ({ name: 'nobody-hears', facility }), status: 403 },
  'GET /api/letters': { of: 'list' },
  'POST /api/letters/{id}/resend': { of: 'letter' },
  'POST /api/letters/{id}/give-up': { of: 'letter', body: reason },
  'POST /api/letters/acts': { of: 'place', body: (facility) => ({ act: 'resend', filter: { facility } }), status: 403 },
  // Its counts are those of letters within reach: tests/runtime/api/letters.test.ts.
  'GET /api/gateways': { of: 'everybody' },
  'POST /api/gateways/{audience}/lanes/{lane}/resume': { of: 'group', body: {} },
  'GET /api/calendar/why': {
    of: 'place',
    query: (facility) => `facility=${facility}&from=2026-09-30&workingDays=3`,
    status: 404,
  },
  'GET /api/rule-sets': { of: 'everybody' },
  'GET /api/rule-sets/{key}/versions/{version}': { of: 'everybody' },
  'POST /api/rule-sets/{key}/versions': { of: 'group', body: { base: 1, validFrom: '2031-01-01', rules: {} } },
  'GET /api/facilities': { of: 'everybody' },
  'POST /api/facilities': {
    of: 'group',
    body: { code: 'SZ', name: '深圳', englishName: 'Shenzhen', region: 'beijing', zone: 'UTC', calendar: 'china' },
  },
  'PUT /api/facilities/{code}': {
    of: 'group',
    body: { name: '北京', englishName: 'Beijing', region: 'beijing', zone: 'UTC', calendar: 'china' },
  },
  'GET /api/calendars': { of: 'everybody' },
  'GET /api/calendars/{id}/years/{year}': { of: 'everybody' },
  'POST /api/calendars/{id}/notices': { of: 'group', body: { year: 2031, notice: 'x', off: [], worked: [] } },
  // What is proposed is a row of its own kind: tests/runtime/api/proposals.test.ts.
  'POST /api/proposals': { of: 'everybody' },
  'GET /api/proposals': { of: 'list' },
  'GET /api/proposals/{id}': { of: 'proposal' },
  'POST /api/proposals/{id}/release': { of: 'proposal', body: {} },
  'POST /api/proposals/{id}/reject': { of: 'proposal', body: reason },
  'GET /api/audit': { of: 'list' },
  'GET /api/me/sessions': { of: 'oneself' },
  'DELETE /api/me/sessions/{session}': { of: 'oneself' },
  'POST /api/me/password': { of: 'oneself' },
  'POST /api/callbacks/{secret}/receipts': { of: 'public' },
  'POST /api/callbacks/{secret}/replies': { of: 'public' },
  'POST /api/password': { of: 'public' },
  'GET /api/roles': { of: 'everybody' },
  'GET /api/staff': { of: 'list' },
  'POST /api/staff': {
    of: 'place',
    body: (facility) => ({ id: `new-${facility.toLowerCase()}`, name: '新人', roles: [{ role: 'handler', facility }] }),
    status: 403,
    unlikeMissing: true,
  },
  'GET /api/staff/{id}': { of: 'staff' },
  'GET /api/staff/{id}/substitutes': { of: 'staff' },
  'PUT /api/staff/{id}/substitutes': { of: 'staff', body: { items: [] } },
  'PUT /api/staff/{id}/name': { of: 'staff', body: { name: '改名' } },
  'PUT /api/staff/{id}/roles': { of: 'staff', body: { roles: [{ role: 'handler', facility: 'BJ' }] } },
  'POST /api/staff/{id}/disable': { of: 'staff', body: {} },
  'POST /api/staff/{id}/enable': { of: 'staff', body: {} },
  'POST /api/staff/{id}/password-link': { of: 'staff', body: {} },
  'GET /api/staff/{id}/sessions': { of: 'staff' },
  'DELETE /api/staff/{id}/sessions': { of: 'staff' },
  'DELETE /api/staff/{id}/sessions/{session}': { of: 'staff' },
  'POST /api/staff/{id}/pseudonymise': { of: 'staff', body: {} },
  'GET /api/people': { of: 'everybody' },
  // Whose changes it holds: tests/runtime/api/events.test.ts.
  'GET /api/events': { of: 'oneself' },
  'GET /api/patients': { of: 'list' },
  'GET /api/patient-choices': { of: 'place', query: (facility) => `facility=${facility}&q=ww`, status: 404 },
  'GET /api/patients/{id}': { of: 'patient' },
  'GET /api/follow-up-calls': { of: 'list' },
  'GET /api/follow-up-reports': { of: 'list' },
  'GET /api/follow-ups': { of: 'list' },
  'GET /api/follow-ups/{chain}': { of: 'followUp' },
  'POST /api/events': {
    of: 'place',
    body: (facility) => ({ ...aPatient, id: `of-${facility}`, facility, patient: `${facility}-of-place` }),
    status: 403,
  },
  'GET /api/hospital-events': { of: 'list' },
  'POST /api/patient-imports': {
    of: 'place',
    body: (facility) => ({ kind: 'patients', facility, content: '病案号,姓名\nP-1,王女士', dryRun: true }),
    status: 403,
  },
  'GET /api/me/substitutes': { of: 'oneself' },
  'PUT /api/me/substitutes': { of: 'oneself' },
  'GET /api/views': { of: 'oneself' },
  'PUT /api/views/{id}': { of: 'oneself' },
  'DELETE /api/views/{id}': { of: 'oneself' },
  // Each task of it is refused by itself: tests/runtime/api/inbox.test.ts.
  'POST /api/tasks/acts': { of: 'everybody' },
  // Payloads of instances that the person may not read stay sealed: tests/runtime/api/codec.test.ts.
  'POST /api/codec/decode': { of: 'everybody' },
  'POST /api/codec/encode': { of: 'everybody' },
  'GET /api/tasks/{id}/assignees': { of: 'task' },
  'GET /api/runtime': { of: 'everybody' },
  'GET /healthz': { of: 'public' },
  'GET /readyz': { of: 'public' },
  'GET /metrics': { of: 'public' },
};

/** Of the addresses whose rows are no rows of facilities. */
const parameters: Record<string, string> = {
  key: 'complaint',
  version: '1',
  formId: 'none',
  schedule: 'Begin@SH',
  type: 'nobody-does-it',
  code: 'BJ',
  audience: 'patient',
  lane: 'marketing',
  id: 'china',
  session: '0'.repeat(64),
};

let api: TestApi;
let rows: Record<Kind, { BJ: string; SH: string; missing: string }>;
/** Every role at BJ: nothing at SH. */
let outsider: Caller;
/** Every role at BJ, and the least one at SH. */
let mixed: Caller;

beforeAll(async () => {
  api = await startApi();
  const everything = (await readRoles()).map(({ id: role }): RoleAt => ({ role, facility: 'BJ' }));
  outsider = await employed('outsider', everything);
  mixed = await employed('mixed', [...everything, { role: 'intake', facility: 'SH' }]);
  rows = await rowsOfBoth();
});
afterAll(() => api.close());

async function employed(id: string, roles: RoleAt[]): Promise<Caller> {
  await saveStaff({ _id: id, name: id, roles, passwordHash: await hashPassword(password), active: true });
  return api.as(id);
}

async function rowsOfBoth(): Promise<typeof rows> {
  const [bj, sh] = [await rowsAt('BJ'), await rowsAt('SH')];
  const missing: Record<Kind, string> = {
    complaint: 'SH2020019999',
    task: 'complaint.SH2020019999.7',
    instance: 'complaint/SH2020019999',
    refund: 'SH2020019999-R9',
    message: '0'.repeat(64),
    letter: 'complaint/SH2020019999#7#president',
    batch: '0'.repeat(64),
    schedule: 'Never@SH',
    staff: 'nobody-sh',
    proposal: '0'.repeat(64),
    patient: 'PATIENT-MISSING',
    followUp: 'SH-E-MISSING',
    file: 'file-missing',
  };
  const kinds = Object.keys(missing) as Kind[];
  return Object.fromEntries(
    kinds.map((kind) => [kind, { BJ: bj[kind], SH: sh[kind], missing: missing[kind] }]),
  ) as typeof rows;
}

async function rowsAt(facility: 'BJ' | 'SH'): Promise<Record<Kind, string>> {
  const complaint = await registered(api, { facility });
  const ops = await api.as('ops');
  const task = await eventually(async () => (await ops.get(`/api/tasks?group=*&q=${complaint}`)).body.items[0]?.id);
  const refund = `${complaint}-R1`;
  await RefundModel.create({
    _id: refund,
    seq: 1,
    instance: `complaint/${complaint}`,
    facility,
    caseNumber: complaint,
    status: 'approving',
    amountCents: 100,
    paidCents: 0,
    decisions: [],
    approvals: [],
    updatedAt: new Date().toISOString(),
  });
  const director = await api.as(`cs-director-${facility.toLowerCase()}`);
  const message = await director.post('/api/messages', {
    name: 'kept-for-later',
    correlationKey: complaint,
    facility,
    timeToLive: 'PT1H',
  });
  const change = { process: 'complaint', fromVersion: 1, toVersion: 1, dryRun: true, filter: { facility } };
  const batch = await ops.post('/api/migrations', change, { key: randomUUID() });
  if (message.status !== 202 || batch.status !== 200) throw new Error(JSON.stringify([message.body, batch.body]));
  const schedule = `Begin@${facility}`;
  const at = new Date().toISOString();
  await ScheduleModel.create({
    _id: `complaint/${schedule}`,
    seq: 1,
    process: 'complaint',
    version: 1,
    id: schedule,
    element: 'Begin',
    elementName: '到点',
    facility,
    kind: 'cycle',
    expression: 'R/P1D',
    value: 'R/P1D',
    zone: 'Asia/Shanghai',
    from: at,
    dueAt: at,
    remaining: null,
    fired: 0,
    owed: [],
    paused: null,
    leftOut: null,
    failure: null,
    last: null,
    updatedAt: at,
  });
  const instance = `complaint/${complaint}`;
  const staff = `callback-${facility.toLowerCase()}`;
  const letter = `${instance}#7#president`;
  await OutboxModel.create({
    _id: letter,
    instance,
    key: '7',
    touch: 'president',
    facility,
    to: 'president',
    channel: 'notice',
    audience: 'staff',
    lane: 'service',
    subject: '超期',
    body: '超期',
    status: 'failed',
    attempts: 12,
    createdAt: at,
    dueAt: at,
  });
  const proposal = (facility === 'BJ' ? 'b' : 'c').repeat(64);
  await ProposalModel.create({
    _id: proposal,
    act: 'POST /api/instances/{id}/skip',
    request: JSON.stringify({ params: { id: instance }, body: { key: '1', ...reason } }),
    facility,
    elements: ['complaint/Pay'],
    reason: 'access test',
    proposedBy: 'ops',
    proposedAt: at,
    expiresAt: '2090-01-01T00:00:00.000Z',
    state: 'open',
  });
  const patient = `PATIENT-${facility}`;
  const system = await api.as(`hospital-system-${facility.toLowerCase()}`);
  await system.post('/api/events', { ...aPatient, id: patient, facility, patient });
  const chain = { type: 'visited', episode: `E-of-${access}`, data: { visit: 'V', kind: 'revisit', department: 'D' } };
  await system.post('/api/events', { ...aPatient, ...chain, id: `visit-${patient}`, facility, patient });
  const followUp = `${facility}-E-of-${access}`;
  await eventually(
    async () => (await ops.get(`/api/instances/${encodeURIComponent(`followUp/${followUp}`)}`)).status === 200,
  );
  const reply = { name: 'patientReplied', correlationKey: followUp, facility, variables: { reply: '2' } };
  expect((await director.post('/api/messages', reply)).status).toBeLessThan(300);
  const reviewer = await api.as(`medical-affairs-${facility.toLowerCase()}`);
  await eventually(async () => (await reviewer.get('/api/follow-up-calls')).body.items.length > 0);
  const figures = await weekFigures(facility, at, at);
  await saveWeekReport({ _id: `${facility}/2027-03-05`, facility, from: at, until: at, figures });
  const file = `file-${facility}`;
  await FileModel.create({
    _id: file,
    facility,
    name: '照片.jpg',
    size: 3,
    type: 'image/jpeg',
    uploadedBy: `intake-${facility.toLowerCase()}`,
    uploadedAt: at,
    scanned: false,
    instance,
    attachedAt: at,
  });
  const [messageId, batchId] = [message.body.id, batch.body.id];
  return {
    complaint,
    task,
    instance,
    file,
    refund,
    message: messageId,
    letter,
    batch: batchId,
    schedule,
    staff,
    proposal,
    patient,
    followUp,
  };
}

/** Sends a route with this id in its address. */
async function ask(who: Caller, key: string, id: string | undefined, more: { body?: object; query?: string } = {}) {
  const [method = '', pattern = ''] = key.split(' ');
  let mine = id;
  const path = pattern.replaceAll(/\{(\w+)\}/g, (_all, name: string) => {
    const value = mine ?? parameters[name] ?? '';
    mine = undefined;
    return encodeURIComponent(value);
  });
  const response = await fetch(`${api.address}${path}${more.query ? `?${more.query}` : ''}`, {
    method,
    headers: {
      ...who.headers,
      'Idempotency-Key': randomUUID(),
      ...(more.body && { 'Content-Type': 'application/json' }),
    },
    ...(more.body && { body: JSON.stringify(more.body) }),
  });
  const text = await response.text();
  return { status: response.status, text, headers: response.headers };
}

/** What an answer says, apart from the id that was asked for, the one of the request, and times. */
const said = ({ status, text }: { status: number; text: string }, id: string): string =>
  `${status} ${text.replaceAll(id, '<id>').replace(/urn:uuid:[\w-]+/, '<request>')}`;

const takesFacility = (key: string): boolean =>
  routes.find((one) => one.key === key)?.query?.shape['facility'] !== undefined;
const isBoundToRoles = (key: string): boolean => typeof routes.find((one) => one.key === key)?.access === 'object';

test('every route says how it is crossed', () => {
  expect(Object.keys(crossings).sort()).toEqual(routes.map(({ key }) => key).sort());
});

const lines = Object.entries(crossings);
const oneRow = lines.filter((line): line is [string, Extract<Crossing, { of: Kind }>] =>
  [
    'complaint',
    'task',
    'instance',
    'refund',
    'message',
    'letter',
    'batch',
    'schedule',
    'staff',
    'proposal',
    'patient',
    'followUp',
    'file',
  ].includes(line[1].of),
);

describe('a row of another facility', () => {
  test.each(oneRow)('%s is answered like one that does not exist', async (key, { of, ...more }) => {
    const { SH, missing } = rows[of];
    const foreign = await ask(outsider, key, SH, more);
    const none = await ask(outsider, key, missing, more);
    expect(said(foreign, SH)).toBe(said(none, missing));
    expect(foreign.status).toBe(404);
    const names = (headers: Headers) => [...headers.keys()].sort();
    expect(names(foreign.headers)).toEqual(names(none.headers));
  });

  test.each(oneRow.filter(([key]) => isBoundToRoles(key)))(
    '%s is refused to whom another role there shows it at most',
    async (key, { of, ...more }) => {
      const answer = await ask(mixed, key, rows[of].SH, more);
      expect([403, 404]).toContain(answer.status);
    },
  );

  test('hides its values from other roles of the facility', async () => {
    const foreign = JSON.parse((await ask(mixed, 'GET /api/tasks/{id}', rows.task.SH)).text);
    expect(foreign).toMatchObject({ facility: 'SH', variables: {}, acts: [] });
    for (const key of ['', '/explain', '/journal', '/variables'])
      expect((await ask(mixed, `GET /api/instances/{id}${key}`, rows.instance.SH)).status).toBe(404);
    expect(await ask(mixed, 'POST /api/tasks/{id}/claim', rows.task.SH)).toMatchObject({ status: 403 });
    expect(
      await ask(mixed, 'POST /api/refunds/{id}/decision', rows.refund.SH, { body: { decision: 'approve' } }),
    ).toMatchObject({
      status: expect.toSatisfy((status: number) => status === 403 || status === 404),
    });
  });
});

const facilitiesIn = (text: string): string[] =>
  [
    ...new Set(
      [...text.matchAll(/"(?:facility|id|_id|instance)":"[^"]*?\b(BJ|SH|CD)(?:\d|")/g)].map(([, code = '']) => code),
    ),
  ].sort();

describe('a list', () => {
  const lists = lines.filter((line): line is [string, { of: 'list'; query?: string }] => line[1].of === 'list');

  test.each(lists)('%s holds nothing of another facility', async (key, { query = '' }) => {
    for (const facility of ['', 'facility=SH']) {
      if (facility && !takesFacility(key)) continue;
      const answer = await ask(outsider, key, undefined, { query: [query, facility].filter(Boolean).join('&') });
      expect([facility, answer.status, answer.text.slice(0, 300)]).toEqual([facility, 200, expect.any(String)]);
      expect(facilitiesIn(answer.text).filter((code) => code !== 'BJ')).toEqual([]);
      for (const { SH } of Object.values(rows)) expect(answer.text).not.toContain(SH);
      expect(answer.text.includes('BJ')).toBe(facility === '');
    }
  });

  test.each(lists.filter(([key]) => isBoundToRoles(key)))(
    '%s holds nothing of a facility where the role is another one',
    async (key, { query = '' }) => {
      const answer = await ask(mixed, key, undefined, { query });
      expect(answer.status).toBe(200);
      expect(facilitiesIn(answer.text)).toEqual(['BJ']);
    },
  );

  test('of tasks of a group holds those of facilities where the role is held', async () => {
    const items = async (query: string): Promise<Body[]> => (await mixed.get(`/api/tasks?${query}`)).body.items;
    for (const query of ['group=*', 'group=cs-director', 'group=*&facility=SH', ''])
      expect((await items(query)).filter(({ facility }) => facility !== 'BJ')).toEqual([]);
    expect(await items('group=cs-director')).not.toEqual([]);
  });

  test('of instances counts no other ones', async () => {
    const ops = await api.as('ops');
    const counted = async (who: Caller): Promise<number> => {
      const { items } = (await who.get('/api/definitions?key=complaint&counts=true')).body;
      return items.reduce((sum: number, { instances }: Body) => sum + instances.active, 0);
    };
    const [own, all] = [await counted(outsider), await counted(ops)];
    expect(await counted(mixed)).toBe(own);
    expect(own).toBeLessThan(all);
  });
});

describe('numbers', () => {
  const counts = lines.filter(([, { of }]) => of === 'counts');

  test.each(counts)('%s count nothing of another facility', async (key) => {
    const items = async (who: Caller, query: string): Promise<Body[]> =>
      JSON.parse((await ask(who, key, undefined, { query })).text).items;
    const all = await items(await api.as('ops'), '');
    const own = await items(outsider, '');
    expect(await items(outsider, 'facility=BJ')).toEqual(own);
    expect(await items(mixed, '')).toEqual(own);
    expect(own).not.toEqual(all);
    for (const who of [outsider, mixed]) expect(await items(who, 'facility=SH')).toEqual([]);
  });
});

describe('what concerns the whole group', () => {
  const groupWide = lines.filter((line): line is [string, { of: 'group'; body?: object }] => line[1].of === 'group');

  test.each(groupWide)('%s is refused to roles of single facilities', async (key, more) => {
    const answer = await ask(outsider, key, undefined, more);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([403, 'wrong-role']);
  });

  test('a batch that names no facility is for operators of the group', async () => {
    const change = { process: 'complaint', fromVersion: 1, toVersion: 1, dryRun: true };
    const answer = await outsider.post('/api/migrations', change, { key: randomUUID() });
    expect(answer).toMatchObject({ status: 403, body: { code: 'wrong-role' } });
    const own = { ...change, filter: { facility: 'BJ', ids: [rows.instance.BJ, rows.instance.SH, 'complaint/none'] } };
    const done = await outsider.post('/api/migrations', own, { key: randomUUID() });
    expect(done).toMatchObject({
      status: 200,
      body: { total: 1, report: { items: [{ instance: rows.instance.BJ }] } },
    });
  });
});

describe('a facility that a request names', () => {
  const placed = lines.filter((line): line is [string, Extract<Crossing, { of: 'place' }>] => line[1].of === 'place');

  test.each(placed)(
    '%s: another one is refused like one that there is not',
    async (key, { body, query, status, unlikeMissing }) => {
      const at = (who: Caller, facility: string) =>
        ask(who, key, undefined, { ...(body && { body: body(facility) }), ...(query && { query: query(facility) }) });
      const foreign = await at(outsider, 'SH');
      expect(foreign.status).toBe(status);
      if (!unlikeMissing) expect(said(foreign, 'SH')).toBe(said(await at(outsider, 'ZZ'), 'ZZ'));
      if (isBoundToRoles(key)) expect((await at(mixed, 'SH')).status).toBe(status);
      expect((await at(outsider, 'BJ')).text).not.toMatch(/wrong-facility|wrong-role/);
    },
  );
});

describe('a message', () => {
  const published = (who: Caller, about: object): Promise<Answer> =>
    who.post('/api/messages', { name: 'asked-twice', correlationKey: 'K', timeToLive: 'PT1H', ...about });

  test('that another facility has sent under the same id is another one', async () => {
    const sh = await api.as('cs-director-sh');
    const theirs = await published(sh, { messageId: 'm-1', variables: { a: 1 } });
    const ours = await published(await api.as('cs-director-bj'), { messageId: 'm-1', variables: { a: 2 } });
    expect([theirs.status, ours.status]).toEqual([202, 202]);
    expect(ours.body.id).not.toBe(theirs.body.id);
  });

  test('reaches no instance of a facility where its sender may not send', async () => {
    const listener = rows.complaint.SH;
    const answer = await mixed.post('/api/messages', { name: 'complaintWithdrawn', correlationKey: listener });
    expect(answer).toMatchObject({ status: 404, body: { code: 'no-taker' } });
    expect(
      (await (await api.as('ops')).get(`/api/instances/${encodeURIComponent(rows.instance.SH)}`)).body.status,
    ).toBe('active');
  });
});
