/** Context of an explanation: messages and signals that deployed definitions send, the state of called instances, and names of people. */

import type { Plan } from '../../../engine/model/plan.ts';
import type { ExplainContext, KnownNames } from '../../../engine/model/types.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import { listSentNames } from '../../../store/definitions/uses.ts';
import { findNames } from '../../../store/organisation/staff.ts';
import { findCalled } from '../../../store/runtime/instances.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';

/** Loads only what the current waits need. */
export async function findExplainContext({ _id, waits, signals, subscriptions }: InstanceRow): Promise<ExplainContext> {
  const listens = (signals ?? []).length > 0 || subscriptions.length > 0;
  const rows = waits.some(({ kind }) => kind === 'call') ? await findCalled(_id) : [];
  const called = rows.map((row) => [row._id, { status: row.status, stuck: row.incidents.length }] as const);
  return {
    ...(listens && (await listSentNames([]))),
    ...(rows.length > 0 && { called: Object.fromEntries(called) }),
    names: {
      people: await findNames(waits.flatMap(({ waitingFor }) => waitingFor)),
      processes: Object.fromEntries(await Promise.all(rows.map(processName))),
    },
  };
}

async function processName({
  process,
  definition: { key, version, hash },
}: Pick<InstanceRow, 'process' | 'definition'>): Promise<[string, NonNullable<KnownNames['processes']>[string]]> {
  const plan = await findPinnedPlan<Plan>(key, version, hash);
  const zh = plan?.name ?? process;
  return [process, { zh, en: plan?.englishNames?.[key] ?? zh }];
}
