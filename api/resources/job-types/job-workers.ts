/** Registered job types as deployments and explanations read them: who does what, and whether anybody does now. */
import type { JobWorker, LocalizedText, Plan } from '../../../engine/model/plan.ts';
import type { Explanation, InstanceState } from '../../../engine/model/types.ts';
import { type JobTypeRow, listJobTypes } from '../../../store/definitions/job-types.ts';
import { queryNames } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';

/** By type; `*` for every type that is not known otherwise. */
export async function registeredWorkers(): Promise<Record<string, JobWorker>> {
  return Object.fromEntries((await listJobTypes()).map((row) => [row._id, workerOf(row)]));
}

function workerOf(row: JobTypeRow): JobWorker {
  const { taskQueue, startToCloseTimeout, heartbeatTimeout, scheduleToStartTimeout } = row;
  return {
    taskQueue,
    ...(startToCloseTimeout && { startToCloseTimeout }),
    ...(heartbeatTimeout && { heartbeatTimeout }),
    ...(scheduleToStartTimeout && { scheduleToStartTimeout }),
  };
}

/** The registrations a plan rests on. */
export async function registeredIn(plan: Plan): Promise<string[]> {
  const types = Object.keys(plan.workers ?? {});
  if (types.length === 0) return [];
  const registered = new Set((await listJobTypes()).map((row) => row._id));
  return [...new Set(types.map((type) => (registered.has(type) ? type : '*')))].sort();
}

/** A worker asks for work once a minute at least. */
const pollsWithinMs = 90_000;

/** Whether a worker asked this queue for activities lately. */
export async function isServed(deps: Deps, taskQueue: string): Promise<boolean> {
  const at = await deps.processes.lastPoll({ taskQueue, kind: 'activity' });
  return at !== null && Date.now() - at.getTime() < pollsWithinMs;
}

/** Says of each job that waits in a queue which nobody asks for work: the process itself learns of it only after a while. */
export async function withUnservedQueues(
  deps: Deps,
  instance: string,
  explanation: Explanation,
  plan: Plan | undefined,
): Promise<Explanation> {
  const { workers } = plan ?? {};
  if (!workers || !explanation.waits.some((wait) => wait.kind === 'job' && !wait.incident)) return explanation;
  const state = await deps.processes.query<InstanceState>(instance, queryNames.state);
  if (state.kind !== 'done') return explanation;
  const queueOf = (key: string): string | undefined => {
    const wait = state.answer.waits[key];
    return wait?.kind === 'job' && Object.hasOwn(workers, wait.jobType) ? workers[wait.jobType]?.taskQueue : undefined;
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
  en: `No worker polls the task queue "${queue}" now; the job goes on by itself when one does.`,
});
