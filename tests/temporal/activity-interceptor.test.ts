import type { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { afterEach, expect, test, vi } from 'vitest';
import { sealedActivities } from '../../worker/activity-interceptor.ts';
import { sealedFor } from '../../workflows/sealing/marks.ts';

const { inbound } = sealedActivities({ info: { activityType: 'orderPayment' } } as Context);
const execute = async (...args: unknown[]): Promise<unknown> => {
  const done: unknown[] = [];
  const result = await inbound?.execute?.({ args, headers: {} }, async (input) => {
    done.push(input.args);
    return { paidCents: 1 };
  });
  return { done, result };
};

test('an activity does what was sealed for it, and seals its result', async () => {
  expect(await execute(sealedFor('activity:orderPayment', { amountCents: 1 }))).toEqual({
    done: [[{ amountCents: 1 }]],
    result: sealedFor('result:orderPayment', { paidCents: 1 }),
  });
});

test('an activity that a stranger schedules is not done', async () => {
  const forOthers = sealedFor('activity:releaseRefund', {});
  for (const args of [[{ amountCents: 1 }], [forOthers], [sealedFor('activity:orderPayment', {}), {}]])
    await expect(execute(...args)).rejects.toMatchObject({ type: 'Unsealed', nonRetryable: true });
});

test('what is larger than Temporal takes does not leave the worker, nor does a failure with such details', async () => {
  const large = 'x'.repeat(2_100_000);
  const failing = (does: () => Promise<unknown>) =>
    inbound?.execute?.({ args: [sealedFor('activity:orderPayment', {})], headers: {} }, does);
  const tooLarge = { type: 'ResultTooLarge', nonRetryable: true, details: [{ megabytes: '2.1', limit: '2.0' }] };
  await expect(failing(async () => ({ large }))).rejects.toMatchObject(tooLarge);
  const error = ApplicationFailure.nonRetryable('No.', 'BpmnError', 'code', { large });
  await expect(failing(() => Promise.reject(error))).rejects.toMatchObject(tooLarge);
});

const localOf = (runId: string, isLocal = true) => {
  const info = { activityType: 'orderPayment', isLocal, workflowExecution: { workflowId: 'refund/R', runId } };
  const own = sealedActivities({ info } as Context).inbound;
  return (bytes: number) =>
    own?.execute?.({ args: [sealedFor('activity:orderPayment', {})], headers: {} }, async () => 'x'.repeat(bytes));
};
const justFits = 1_900_000;
afterEach(() => {
  vi.useRealTimers();
});

test('results of local activities that are too large together do not leave the worker, the runtime’s own small ones do', async () => {
  const first = localOf('run-1');
  await first(justFits);
  await expect(first(justFits)).rejects.toMatchObject({
    type: 'ResultTooLarge',
    nonRetryable: true,
    message: expect.stringContaining('together with others'),
    details: [{ megabytes: '3.8', limit: '3.0' }],
  });
  await expect(first(1000)).resolves.toBeDefined();
  await expect(first(900_000)).resolves.toBeDefined();
});

test.each<[string, (runId: string) => Promise<unknown> | undefined]>([
  ['of other runs', () => localOf('another run')(justFits)],
  ['of activities that are not local', (runId) => localOf(runId, false)(justFits)],
  [
    'of a later workflow task',
    (runId) => {
      vi.setSystemTime(Date.now() + 11_000);
      return localOf(runId)(justFits);
    },
  ],
])('large results %s are no business of theirs', async (what, another) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await localOf(what)(justFits);
  await expect(another(what)).resolves.toBeDefined();
});
