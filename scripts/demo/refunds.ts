/** The refund of a demo case: application, the directors' decisions by signal or by their tasks, payment, and one that gets stuck. */
import type { Play, Stage, Task } from './play.ts';

interface Payment {
  id: string;
  remainingCents: number;
}

export async function openRefund(play: Play, stage: Stage, method: 'cash' | 'card'): Promise<boolean> {
  const amountCents = play.case.demandCents ?? 0;
  const consultant = await play.person('consultant');
  for (let last: string | undefined; ; ) {
    const application = await play.until('the consultant can apply for the refund', async () =>
      (await play.openTasks()).find((task) => task.element === 'ApplyRefund' && task.id !== last),
    );
    const paymentId = await take(play, stage, amountCents);
    if (paymentId === undefined) {
      play.note = `No payment of ${amountCents / 100} yuan is left to refund at ${play.case.facility}, so it waits for the consultant. The next ./careloop start enters new ones.`;
      return false;
    }
    await consultant.post(`/api/tasks/${application.id}/complete`, { variables: { paymentId, amountCents, method } });
    last = application.id;
    // Another user may have reserved the same payment; the application is open again then.
    const next = await play.until('the application is checked', async () =>
      (await play.openTasks()).find((task) => isDecision(task) || (task.element === 'ApplyRefund' && task.id !== last)),
    );
    if (isDecision(next)) return true;
  }
}

/** The smallest payment that covers it and was not used by this run. */
async function take(play: Play, stage: Stage, amountCents: number): Promise<string | undefined> {
  const consultant = await play.person('consultant');
  const path = `/api/payments?facility=${play.case.facility}&refundable=true&limit=200`;
  const { items } = await consultant.get<{ items: Payment[] }>(path);
  const [payment] = items
    .filter((one) => one.remainingCents >= amountCents && !stage.taken.has(one.id))
    .sort((a, b) => a.remainingCents - b.remainingCents);
  if (payment) stage.taken.add(payment.id);
  return payment?.id;
}

const isDecision = (task: Task): boolean => task.formId?.startsWith('refund-decision') ?? false;
const refundId = (task: Task): string => task.instance.slice('refund/'.length);

/** @param last the one decided before: after a signal the list may still show it for a moment */
async function nextDecision(play: Play, last: Task | undefined): Promise<Task | undefined> {
  const tasks = await play.until('the refund waits for somebody', async () => {
    const open = (await play.openTasks()).filter((task) => task.id !== last?.id);
    return open.length > 0 && open;
  });
  return tasks.find(isDecision);
}

export interface Decisions {
  stopBefore(step: Task): boolean;
  refuse(step: Task): boolean;
  decision?: 'reject' | 'send-back';
}

/** `POST /api/refunds/{id}/decision` signals the running process. The open step determines who decides. */
export async function decideBySignal(play: Play, { stopBefore, refuse, decision }: Decisions): Promise<void> {
  for (let last: Task | undefined; ; ) {
    const step = await nextDecision(play, last);
    if (!step || stopBefore(step)) return;
    last = step;
    const director = await play.person(step.candidateGroups[0] ?? '');
    const refused = refuse(step);
    const body = refused ? { decision, reason: reasons[decision ?? 'reject'] } : { decision: 'approve' };
    await director.post(`/api/refunds/${encodeURIComponent(refundId(step))}/decision`, body);
    if (refused) return;
  }
}

const reasons = { reject: '疗程已按约定完成，不予退款。', 'send-back': '请附收费明细后重新提交。' };

/** The directors complete their approval tasks. */
export async function decideByTask(play: Play): Promise<void> {
  for (let last: Task | undefined; ; ) {
    const step = await nextDecision(play, last);
    if (!step) return;
    last = step;
    const director = await play.person(step.candidateGroups[0] ?? '');
    await director.post(`/api/tasks/${step.id}/complete`, { variables: { decision: 'approve' } });
  }
}

/** Cash is paid at once; by card the cashier still has to see it arrive. */
export async function payOut(play: Play, method: 'cash' | 'card'): Promise<void> {
  await play.does('finance', 'FinanceConfirm', { financeConfirmation: 'confirmed' });
  await play.does('consultant', 'PatientSigns', { patientSignature: 'signed' });
  await play.does('cashier', 'PreparePayment', { cashierConfirmation: 'ready' });
  const next = method === 'cash' ? 'CloseCase' : 'ConfirmArrival';
  await play.until(`the payment is ordered, ${next} opens`, async () =>
    (await play.openTasks()).some((task) => task.element === next),
  );
}

/** An operator “corrects” the amount between approval and payment: it is not what was reserved, so the order is refused. */
export async function stuckAtPayment(play: Play): Promise<void> {
  await play.does('finance', 'FinanceConfirm', { financeConfirmation: 'confirmed' });
  await play.does('consultant', 'PatientSigns', { patientSignature: 'signed' });
  const cashierTask = await play.until('the cashier prepares the payment', async () =>
    (await play.openTasks()).find((task) => task.element === 'PreparePayment'),
  );
  const operator = await play.person('ops');
  const path = `/api/instances/${encodeURIComponent(cashierTask.instance)}`;
  // One operator proposes what touches the payment, the other releases it.
  const { id } = await operator.post<{ id: string }>('/api/proposals', {
    act: 'POST /api/instances/{id}/variables',
    params: { id: cashierTask.instance },
    body: { variables: { amountCents: (play.case.demandCents ?? 0) + 100 } },
    reason: '按患者来电更正金额。',
  });
  await (await play.person('ops2')).post(`/api/proposals/${id}/release`);
  const cashier = await play.person('cashier');
  await cashier.post(`/api/tasks/${cashierTask.id}/complete`, { variables: { cashierConfirmation: 'ready' } });
  await play.until('the incident is shown', async () => {
    const { incidents } = await operator.get<{ incidents: unknown[] }>(path);
    return incidents.length > 0;
  });
}
