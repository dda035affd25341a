/** Works off a batch of migrations or modifications: some instances at a time, each on record before it counts as done. */
import { Context } from '@temporalio/activity';
import type { MigrationOptions } from '../../engine/migrate/types.ts';
import type { Plan } from '../../engine/model/plan.ts';
import type { ElementInstruction } from '../../engine/modify/types.ts';
import { findPlan } from '../../store/definitions/definitions.ts';
import {
  type BatchItemRow,
  type BatchRow,
  countTry,
  findBatch,
  pendingBatchItems,
  saveBatchItem,
} from '../../store/runtime/batches.ts';
import type { RuntimeActivities } from '../types.ts';
import type { ChangeResult, InstanceChanges } from './ports.ts';

const maxMs = 20_000;
const concurrency = 4;
/** An instance that has not answered so often keeps the others waiting no longer. */
const maxTries = 3;

export function batchActivities(changer: InstanceChanges): Pick<RuntimeActivities, 'workOffBatch'> {
  return {
    async workOffBatch(id) {
      const deadline = performance.now() + maxMs;
      const context = Context.current();
      while (performance.now() < deadline) {
        const batch = await findBatch(id);
        if (!batch || batch.stopped) return { left: false };
        const pending = await pendingBatchItems(id, concurrency);
        if (pending.length === 0) return { left: false };
        const change = await changeOf(changer, batch);
        await Promise.all(pending.map((instance) => one(batch, instance, change)));
        context.heartbeat();
      }
      return { left: true };
    },
  };
}

async function one({ _id: batch }: BatchRow, instance: string, change: Change): Promise<void> {
  const changed = await change(instance, `${batch}:${instance}`);
  const outcome = changed.kind === 'unanswered' ? await unanswered(batch, instance) : outcomeOf(changed);
  if (outcome) await saveBatchItem({ batch, instance, ...outcome });
}

async function unanswered(batch: string, instance: string): Promise<Outcome | undefined> {
  return (await countTry(batch, instance)) < maxTries ? undefined : { outcome: 'failed', code: 'no-answer' };
}

type Outcome = Pick<BatchItemRow, 'outcome' | 'code' | 'report'>;

function outcomeOf(changed: Exclude<ChangeResult, { kind: 'unanswered' }>): Outcome {
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

type Change = (instance: string, updateId: string) => Promise<ChangeResult>;

async function changeOf(changer: InstanceChanges, batch: BatchRow): Promise<Change> {
  const { dryRun, process, toVersion: version, toHash: hash } = batch;
  const by = { id: batch.startedBy, role: batch.role };
  if (version === undefined || hash === undefined) {
    const instructions: ElementInstruction[] = JSON.parse(batch.payload);
    if (dryRun) return (instance) => changer.tryModify(instance, { instructions });
    return (instance, updateId) => changer.modify(instance, { instructions, by }, updateId);
  }
  const options: MigrationOptions = JSON.parse(batch.payload);
  if (!dryRun) return (instance, id) => changer.migrate(instance, { ...options, version, hash, by }, id);
  const found = await findPlan<Plan>(process, version);
  if (!found) throw new Error(`Version ${version} of ${process} is not deployed.`);
  const definition = { key: process, version, hash };
  return (instance) => changer.tryMigrate(instance, { ...options, plan: found.plan, definition });
}
