import { expect, test } from 'vitest';
import { enqueueMessage, listMessagesOf, OutboxModel } from '../../../store/messaging/outbox.ts';
import { removeExpired } from '../../../store/retention.ts';
import { BatchItemModel, BatchModel } from '../../../store/runtime/batches.ts';
import {
  ConditionCheckModel,
  findConditionCheck,
  saveConditionCheck,
} from '../../../store/runtime/condition-checks.ts';
import { findDraft, saveDraft } from '../../../store/runtime/drafts.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const keep = { outboxTexts: 30, outbox: 365, conditionChecks: 30, batches: 180, drafts: 30, waitingFiles: 60 };
const now = Date.parse('2026-11-22T08:00:00.000Z');
const ago = (days: number): string => new Date(now - days * 86_400_000).toISOString();

test('the texts of messages go before what says that they were sent; what was not sent stays', async () => {
  const write = async (instance: string, days: number, sent: boolean) => {
    const createdAt = ago(days);
    const message = { instance, key: '4', touch: 'handler', facility: 'BJ', to: 'patient', channel: 'sms' };
    await enqueueMessage({
      ...message,
      subject: '回访',
      body: '王女士您好',
      data: { name: '王女士' },
      createdAt,
      dueAt: createdAt,
    });
    const done = { status: 'sent' as const, sentAt: createdAt, providerId: 'receipt' };
    if (sent) await OutboxModel.updateOne({ instance }, { $set: done });
  };
  await write('c/old', 400, true);
  await write('c/month', 31, true);
  await write('c/week', 7, true);
  await write('c/waiting', 400, false);
  expect(await removeExpired(keep, now)).toMatchObject({ outbox: 1, outboxTexts: 1 });
  expect(await removeExpired(keep, now)).toMatchObject({ outbox: 0, outboxTexts: 0 });
  expect(await listMessagesOf('c/old')).toEqual([]);
  const [month] = await listMessagesOf('c/month');
  expect(month).toMatchObject({ to: 'patient', providerId: 'receipt', subject: '', body: '' });
  expect(month).not.toHaveProperty('data');
  expect(await listMessagesOf('c/week')).toMatchObject([{ body: '王女士您好', data: { name: '王女士' } }]);
  expect(await listMessagesOf('c/waiting')).toMatchObject([{ status: 'queued', body: '王女士您好' }]);
  expect(await OutboxModel.countDocuments({})).toBe(3);
});

test('evaluated conditions are forgotten, and batches that are through with their items', async () => {
  const check = { by: 'ops', facility: 'BJ', held: [], notHeld: [], failed: [] };
  await saveConditionCheck({ _id: 'old', at: ago(31), ...check });
  await saveConditionCheck({ _id: 'new', at: ago(29), ...check });
  const batch = async (id: string, days: number, outcome: string) => {
    await BatchModel.collection.insertOne({ _id: id, startedAt: ago(days) } as never);
    await BatchItemModel.collection.insertOne({ _id: `${id}#i`, batch: id, instance: 'i', outcome } as never);
  };
  await batch('through', 181, 'done');
  await batch('under-way', 181, 'pending');
  await batch('new', 179, 'done');
  await saveDraft({ person: 'a', kind: 'task', of: 't.1' }, {}, ago(31));
  await saveDraft({ person: 'a', kind: 'task', of: 't.2' }, {}, ago(29));
  expect(await removeExpired(keep, now)).toMatchObject({ conditionChecks: 1, batches: 1, drafts: 1 });
  expect(await findDraft({ person: 'a', kind: 'task', of: 't.2' })).not.toBeNull();
  expect(await findConditionCheck('old')).toBeNull();
  expect(await ConditionCheckModel.countDocuments({})).toBe(1);
  const left = async (model: { find(): { lean(): Promise<{ _id: unknown }[]> } }) =>
    (await model.find().lean()).map((row) => row._id).sort();
  expect(await left(BatchModel)).toEqual(['new', 'under-way']);
  expect(await left(BatchItemModel)).toEqual(['new#i', 'under-way#i']);
});
