/** Carries out a batch: several instances at a time, each recorded before it counts as done. */
import { Context } from '@temporalio/activity';
import type { MigrationOptions } from '../../engine/migrate/types.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { ElementInstruction } from '../../engine/modify/types.ts';
import { findPlan } from '../../store/definitions/plans.ts';
import {
  type BatchItemFields,
  type BatchItemRow,
  type BatchRow,
  countTry,
  findBatch,
  openBatchItems,
  saveBatchItem,
} from '../../store/runtime/batches.ts';
import type { RuntimeActivities } from '../types.ts';
import { actOn, outcomeOfAct } from './batch-acts.ts';
import type { ChangeResult, InstanceChanges } from './ports.ts';

const maxMs = 20_000;
const concurrency = 4;
/** An instance that has not answered so often keeps the others waiting no longer. */
const maxTries = 3;
/** Interval between checks of instances whose act has been carried out. */
const lookMs = 1000;
const watchedAtATime = 200;

export function batchActivities(changes: InstanceChanges): Pick<RuntimeActivities, 'workOffBatch'> {
  return {
    async workOffBatch(id) {
      const deadline = performance.now() + maxMs;
      const context = Context.current();
      while (performance.now() < deadline) {
        const batch = await findBatch(id);
        if (!batch) return { left: false };
        const pending = batch.stopped ? [] : await openBatchItems(id, 'pending', concurrency);
        if (pending.length > 0) {
          const work = await workOf(changes, batch);
          await Promise.all(pending.map((item) => one(item, work)));
        } else if (await watch(id)) await context.sleep(lookMs);
        else return { left: false };
        context.heartbeat();
      }
      return { left: true };
    },
  };
}

async function one(item: BatchItemRow, work: Work): Promise<void> {
  const fields = (await work(item)) ?? (await unanswered(item));
  if (fields) await saveBatchItem(item, fields);
}

async function unanswered({ batch, instance }: BatchItemRow): Promise<BatchItemFields | undefined> {
  return (await countTry(batch, instance)) < maxTries ? undefined : { outcome: 'failed', code: 'no-answer' };
}

/** @returns whether outcomes are still unknown */
async function watch(batch: string): Promise<boolean> {
  const watched = await openBatchItems(batch, 'watched', watchedAtATime);
  for (const item of watched) {
    const fields = await outcomeOfAct(item);
    if (fields) await saveBatchItem(item, fields);
  }
  return watched.length > 0;
}

function outcomeOf(changed: Exclude<ChangeResult, { kind: 'unanswered' }>): BatchItemFields {
  switch (changed.kind) {
    case 'gone':
      return { outcome: 'ended' };
    case 'refused': {
      const { refusal, report } = changed;
      if (refusal.code === 'not-active') return { outcome: 'ended' };
      return { outcome: 'refused', code: refusal.code, report: JSON.stringify(report) };
    }
    case 'possible':
      return { outcome: 'possible', report: JSON.stringify(changed.report) };
    case 'done':
      return { outcome: changed.already ? 'already' : 'done', report: JSON.stringify(changed.report) };
  }
}

/** What is done with an instance; undefined: it did not answer. */
type Work = (item: BatchItemRow) => Promise<BatchItemFields | undefined>;

async function workOf(changes: InstanceChanges, batch: BatchRow): Promise<Work> {
  if (batch.kind !== 'migrate' && batch.kind !== 'modify') return (item) => actOn(changes, batch, item);
  const change = await changeOf(changes, batch);
  return async ({ instance }) => {
    const changed = await change(instance, `${batch._id}:${instance}`);
    return changed.kind === 'unanswered' ? undefined : outcomeOf(changed);
  };
}

type Change = (instance: string, updateId: string) => Promise<ChangeResult>;

async function changeOf(changes: InstanceChanges, batch: BatchRow): Promise<Change> {
  const { dryRun, process, toVersion: version, toHash: hash } = batch;
  const by = { id: batch.startedBy, role: batch.role };
  if (batch.kind === 'modify' || process === undefined || version === undefined || hash === undefined) {
    const instructions: ElementInstruction[] = JSON.parse(batch.payload);
    if (dryRun) return (instance) => changes.tryModify(instance, { instructions });
    return (instance, updateId) => changes.modify(instance, { instructions, by }, updateId);
  }
  const options: MigrationOptions = JSON.parse(batch.payload);
  if (!dryRun) return (instance, id) => changes.migrate(instance, { ...options, version, hash, by }, id);
  const found = await findPlan<Plan>(process, version);
  if (!found) throw new Error(`Version ${version} of ${process} is not deployed.`);
  const definition = { key: process, version, hash };
  return (instance) => changes.tryMigrate(instance, { ...options, plan: found.plan, definition });
}
