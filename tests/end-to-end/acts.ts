/** What people do in the end-to-end tests, over HTTP: register, find their task, complete it, decide. */
import { randomUUID } from 'node:crypto';
import type { Reply } from '../../scripts/demo/client.ts';
import { type Careloop, until } from '../support/careloop.ts';

export interface Task {
  id: string;
  instance: string;
  element: string;
  status: string;
  assignee: string | null;
  candidateGroups: string[];
  closedBy?: string;
}

export interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

/** A complaint as the desk takes it down. */
export const aComplaint = (about: Record<string, unknown> = {}) => ({
  facility: 'BJ',
  channel: 'in-person',
  patient: { name: '林若溪', phone: '13800010001' },
  text: '预约十点，等到十二点才见到医生，前台没有解释。',
  demand: '道歉',
  ...about,
});

export interface Registered {
  caseNumber: string;
  facility: string;
  instance: string;
}

export async function register(careloop: Careloop, about: Record<string, unknown> = {}): Promise<Registered> {
  const body = aComplaint(about);
  const staff = `intake-${String(body.facility).toLowerCase()}`;
  const reply = await careloop.as<Registered>(staff, 'POST /api/complaints', { body, key: randomUUID() });
  if (reply.status !== 201) throw new Error(`Not registered: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** The open task drawn as `element`, of a case or of its refund. */
export async function openTask(careloop: Careloop, caseNumber: string, element: string): Promise<Task> {
  return until(`${caseNumber} waits at ${element}`, async () => {
    const list = `GET /api/tasks?group=*&limit=200&q=${caseNumber}`;
    const { body } = await careloop.as<Page<Task>>('cs-general-director', list);
    return body.items.find((task) => task.element === element && task.status === 'open');
  });
}

export const complete = (careloop: Careloop, staff: string, task: string, variables: object = {}, key?: string) =>
  careloop.as<{ task: Task; happened: { en: string } }>(staff, `POST /api/tasks/${task}/complete`, {
    body: { variables },
    key: key ?? randomUUID(),
  });

/** One step of a story: the task opens, this person does it. An outage on the way is waited out with the same key. */
export async function does(
  careloop: Careloop,
  staff: string,
  caseNumber: string,
  element: string,
  variables: object = {},
): Promise<void> {
  const { id } = await openTask(careloop, caseNumber, element);
  const key = randomUUID();
  await certainly(`${staff} completes ${element}`, () => complete(careloop, staff, id, variables, key));
}

export async function decides(
  careloop: Careloop,
  staff: string,
  refundId: string,
  decision: string,
  reason?: string,
): Promise<void> {
  const key = randomUUID();
  const body = { decision, ...(reason !== undefined && { reason }) };
  const route = `POST /api/refunds/${refundId}/decision`;
  await certainly(`${staff} decides ${refundId}`, () => careloop.as(staff, route, { body, key }));
}

/** Repeats while nobody answers; anything but a success is then an error that shows what came. */
async function certainly(what: string, ask: () => Promise<Reply<unknown>>): Promise<void> {
  const { status, body } = await until(what, async () => {
    const reply = await ask();
    if (reply.status === 503) throw new Error(JSON.stringify(reply.body));
    return reply;
  });
  if (status !== 200) throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
}

/** Brings a case to where it waits for its plan. Service complaints take the shortest way. */
export async function toPlan(careloop: Careloop, caseNumber: string): Promise<void> {
  const at = caseNumber.slice(0, 2).toLowerCase();
  await does(careloop, `cs-director-${at}`, caseNumber, 'AcceptComplaint');
  await does(careloop, `handler-${at}`, caseNumber, 'ContactPatient', { contactResult: 'reached' });
  await does(careloop, `cs-director-${at}`, caseNumber, 'Classify', { classification: 'service' });
}

/** … and on to the refund, which waits for the consultant's application. Returns its id. */
export async function toRefund(careloop: Careloop, caseNumber: string, amountCents: number): Promise<string> {
  const at = caseNumber.slice(0, 2).toLowerCase();
  await toPlan(careloop, caseNumber);
  await does(careloop, `cs-director-${at}`, caseNumber, 'ProposePlan', { kind: 'refund', amountCents });
  await does(careloop, `department-head-${at}`, caseNumber, 'DepartmentHeadApproval', { decision: 'approve' });
  await does(careloop, `president-${at}`, caseNumber, 'PresidentApproval', { decision: 'approve' });
  await does(careloop, `cs-director-${at}`, caseNumber, 'Negotiate', { negotiationResult: 'agreed' });
  await does(careloop, `cs-director-${at}`, caseNumber, 'SignAgreement', { agreement: 'signed' });
  const { instance } = await openTask(careloop, caseNumber, 'ApplyRefund');
  return instance.slice('refund/'.length);
}

interface Payment {
  id: string;
  remainingCents: number;
}

/** A payment this refund can be taken from. */
async function aPayment(careloop: Careloop, facility: string, atLeastCents: number): Promise<string> {
  const list = `GET /api/payments?facility=${facility}&refundable=true&limit=200`;
  const { body } = await careloop.as<Page<Payment>>('finance-bj', list);
  const payment = body.items.find((one) => one.remainingCents >= atLeastCents);
  if (!payment) throw new Error(`No payment of ${atLeastCents} cents is left at ${facility}.`);
  return payment.id;
}

export async function applies(
  careloop: Careloop,
  staff: string,
  caseNumber: string,
  amountCents: number,
  method = 'cash',
): Promise<void> {
  const paymentId = await aPayment(careloop, caseNumber.slice(0, 2), amountCents);
  await does(careloop, staff, caseNumber, 'ApplyRefund', { paymentId, amountCents, method });
}

export interface JournalLine {
  n: number;
  at: string;
  kind: string;
  element?: string;
  by?: { id: string };
}

/** All of it, page by page. */
export async function journalOf(careloop: Careloop, instance: string): Promise<JournalLine[]> {
  const lines: JournalLine[] = [];
  const path = `GET /api/instances/${encodeURIComponent(instance)}/journal?limit=100`;
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { body }: Reply<Page<JournalLine>> = await careloop.as('ops', cursor ? `${path}&cursor=${cursor}` : path);
    lines.push(...body.items);
    cursor = body.nextCursor;
  }
  return lines;
}
