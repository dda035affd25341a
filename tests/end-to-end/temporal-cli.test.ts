/** A refund is decided by the Temporal CLI, with the commands that README.md and docs/operations.md print; and what the CLI cannot do. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { obtainTemporal } from '../../scripts/servers/find.ts';
import { type Careloop, startCareloop, until } from '../support/careloop.ts';
import { applies, decides, does, journalOf, openTask, register, toRefund } from './acts.ts';
import { environmentOf, printedCommands, runPrinted } from './printed-commands.ts';

const amountCents = 100_000;
let careloop: Careloop;
let caseNumber: string;
let refundId: string;
beforeAll(async () => {
  careloop = await startCareloop();
  ({ caseNumber } = await register(careloop));
  refundId = await toRefund(careloop, caseNumber, amountCents);
  await applies(careloop, 'consultant-bj', caseNumber, amountCents);
  await openTask(careloop, caseNumber, 'CsDirectorCosign');
});
afterAll(() => careloop?.close());

interface Sent {
  role: string;
  by?: string;
}

/** The signal as it is printed; `sender` is whose session seals it, null: nobody's, past the endpoint. */
async function signals(sender: string | null, sent: Sent): Promise<void> {
  const { binary } = await obtainTemporal();
  const input = JSON.stringify({ refundId, decision: 'approve', ...sent });
  const signal = ['workflow', 'signal', '-w', `refund/${refundId}`, '--name', 'refundDecision', '--input', input];
  const endpoint =
    sender === null
      ? []
      : ['--codec-endpoint', `${careloop.url}/api/codec`, '--codec-auth', `Bearer ${await tokenOf(sender)}`];
  await promisify(execFile)(binary, [...signal, ...endpoint], { env: environmentOf(careloop) });
}

async function tokenOf(login: string): Promise<string> {
  const { password } = careloop;
  const { body } = await careloop.as<{ token: string }>(null, 'POST /api/login', { body: { login, password } });
  return body.token;
}

interface Refund {
  status: string;
  paidCents: number;
  approvals: { by: string; role: string; decision: string }[];
}
const refund = async () => (await careloop.as<Refund>('cs-director-bj', `GET /api/refunds/${refundId}`)).body;

interface Refusal {
  by?: { id: string };
  data: { code: string };
}
const refusals = async (): Promise<Refusal[]> =>
  (await journalOf(careloop, `refund/${refundId}`)).filter(
    ({ kind }) => kind === 'act-refused',
  ) as unknown as Refusal[];

test.each<[why: string, sender: string | null, sent: Sent, code: string]>([
  ['past the endpoint, so unsealed', null, { role: 'cs-director' }, 'unsealed'],
  ['past the endpoint, naming the director', null, { role: 'cs-director', by: 'cs-director-bj' }, 'unsealed'],
  ['by somebody who does not hold the role', 'cashier-bj', { role: 'cs-director' }, 'role-not-held'],
  ['by somebody whose role does not decide', 'cashier-bj', { role: 'cashier' }, 'wrong-role'],
  ['by somebody who decides later', 'president-bj', { role: 'president' }, 'wrong-role'],
  ['by the director of another facility', 'cs-director-sh', { role: 'cs-director' }, 'role-not-held'],
  ['in the name of the director', 'cashier-bj', { role: 'cs-director', by: 'cs-director-bj' }, 'other-person'],
  ['by the director, in another name', 'cs-director-bj', { role: 'cs-director', by: 'president-bj' }, 'other-person'],
])('an approval sent %s is journaled as refused and changes nothing', async (_, sender, sent, code) => {
  const [before, known] = [await refund(), await refusals()];
  await signals(sender, sent);
  const [refusal, ...others] = await until('the refusal is journaled', async () => {
    const all = await refusals();
    return all.length > known.length && all.slice(known.length);
  });
  expect(others).toEqual([]);
  expect(refusal?.data.code).toBe(code);
  expect(refusal?.by?.id).toBe(sender ?? undefined);
  await openTask(careloop, caseNumber, 'CsDirectorCosign');
  const after = await refund();
  expect([after.status, after.paidCents, after.approvals]).toEqual([before.status, 0, []]);
});

test('it is read by an operator, and approved by the director, with the commands as printed', async () => {
  const client = await careloop.temporal();
  const waiting = 'ProcessKey="refund" AND WaitingFor="cs-director"';
  await until('Temporal lists it', async () => (await client.workflow.count(waiting)).count === 1);
  const read = await runPrinted(
    careloop,
    await printedCommands('docs/operations.md', 'Reading and acting in Temporal'),
  );
  expect(read).toContain('"status":"approving"');
  expect(read).toContain(`input[0].businessKey: ${refundId}`);
  expect(read).toContain('userMetadata.summary: 核对审批人的角色');
  expect(read).not.toContain(Buffer.from('binary/encrypted').toString('base64'));

  await runPrinted(careloop, await printedCommands('README.md', 'In Temporal'));
  await openTask(careloop, caseNumber, 'DepartmentHeadDecision');
  expect((await refund()).approvals).toMatchObject([
    { by: 'cs-director-bj', role: 'cs-director', decision: 'approve' },
  ]);
});

test('the refund goes on to its payment and its end', async () => {
  for (const staff of ['department-head-bj', 'president-bj']) await decides(careloop, staff, refundId, 'approve');
  await does(careloop, 'finance-bj', caseNumber, 'FinanceConfirm', { financeConfirmation: 'confirmed' });
  await does(careloop, 'consultant-bj', caseNumber, 'PatientSigns', { patientSignature: 'signed' });
  await does(careloop, 'cashier-bj', caseNumber, 'PreparePayment', { cashierConfirmation: 'ready' });
  await openTask(careloop, caseNumber, 'CloseCase');
  expect(await refund()).toMatchObject({ status: 'paid', paidCents: amountCents });
  const client = await careloop.temporal();
  expect((await client.workflow.getHandle(`refund/${refundId}`).describe()).status.name).toBe('COMPLETED');
});
