/** Registered job types, for deployments and explanations: their task queue, and whether a worker polls it. */

import { jobCatalogue } from '../../../activities/jobs/catalogue.ts';
import { jobTypesNamed } from '../../../engine/analysis/jobs.ts';
import { ownValue } from '../../../engine/model/own-property.ts';
import type { JobWorker, LocalizedText, Plan } from '../../../engine/model/plan.ts';
import type { Explanation, InstanceState } from '../../../engine/model/types.ts';
import { type JobTypeRow, listJobTypes } from '../../../store/definitions/job-types.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import { queryNames } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';

/** By type; `*` for all other types. */
export async function registeredWorkers(): Promise<Record<string, JobWorker>> {
  return Object.fromEntries((await listJobTypes()).map((row) => [row._id, workerOf(row)]));
}

function workerOf(row: JobTypeRow): JobWorker {
  const { taskQueue, outputs, startToCloseTimeout, heartbeatTimeout, scheduleToStartTimeout } = row;
  return {
    taskQueue,
    ...(outputs && { outputs }),
    ...(startToCloseTimeout && { startToCloseTimeout }),
    ...(heartbeatTimeout && { heartbeatTimeout }),
    ...(scheduleToStartTimeout && { scheduleToStartTimeout }),
  };
}

/** Job types used by a plan: built-in ones, registered ones, and `*` for those only it covers. */
export async function jobTypesOf(plan: Plan): Promise<string[]> {
  const outside = Object.keys(plan.workers ?? {});
  const registered = new Set(outside.length === 0 ? [] : (await listJobTypes()).map((row) => row._id));
  const ours = jobTypesNamed(plan).filter((type) => Object.hasOwn(jobCatalogue, type) && !outside.includes(type));
  return [...new Set([...ours, ...outside.map((type) => (registered.has(type) ? type : '*'))])].sort();
}

/** Workers poll at least once a minute. */
const pollsWithinMs = 90_000;

/** Whether a worker has polled this queue for activities recently. */
export async function isServed(deps: Deps, taskQueue: string): Promise<boolean> {
  const at = await deps.processes.lastPoll({ taskQueue, kind: 'activity' });
  return at !== null && Date.now() - at.getTime() < pollsWithinMs;
}

/** Marks jobs in queues that no worker polls; the process itself notices only after a while. */
export async function withUnservedQueues(
  deps: Deps,
  { _id: instance, definition: { key, version, hash } }: InstanceRow,
  explanation: Explanation,
): Promise<Explanation> {
  if (!explanation.waits.some((wait) => wait.kind === 'job' && !wait.incident)) return explanation;
  const { workers } = (await findPinnedPlan<Plan>(key, version, hash)) ?? {};
  if (!workers) return explanation;
  const state = await deps.processes.query<InstanceState>(instance, queryNames.state);
  if (state.kind !== 'done') return explanation;
  const queueOf = (key: string): string | undefined => {
    const wait = state.answer.waits[key];
    return wait?.kind === 'job' ? ownValue(workers, wait.jobType)?.taskQueue : undefined;
  };
  const queues = new Set(explanation.waits.flatMap((wait) => queueOf(wait.key) ?? []));
  const unserved = new Set<string>();
  for (const queue of queues) if (!(await isServed(deps, queue))) unserved.add(queue);
  const waits = explanation.waits.map((wait) => {
    const queue = queueOf(wait.key);
    return queue !== undefined && !wait.incident && unserved.has(queue)
      ? { ...wait, canMove: false, problem: nobodyPolls(queue) }
      : wait;
  });
  return { ...explanation, waits };
}

const nobodyPolls = (queue: string): LocalizedText => ({
  zh: `目前没有工作进程在任务队列“${queue}”上领取作业；启动一个即自动继续。`,
  en: `No worker polls the task queue "${queue}" at present; the job continues when one does.`,
});
