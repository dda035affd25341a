/** Creates the Temporal worker for all processes: workflows, activities and their dependencies. */
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import type { Activities } from '../activities/types.ts';
import { usualDescendantsPerDay } from '../store/runtime/descendants.ts';
import { createInstanceChanges } from '../temporal/change-client.ts';
import { createMessenger } from '../temporal/messenger.ts';
import { sealingClient } from '../temporal/sealing/client.ts';
import { actingConverter } from '../temporal/sealing/converter.ts';
import type { SealingKeys } from '../temporal/sealing/keys.ts';
import { createStarter } from '../temporal/starter.ts';
import { sealedActivities } from './activity-interceptor.ts';
import { type WorkflowCode, workflowCode } from './bundle.ts';

export interface CareloopWorkerOptions {
  /** The store must be connected (store/db/connection.ts). */
  connection: NativeConnection;
  namespace?: string;
  taskQueue: string;
  keys: SealingKeys;
  /** Workflow code; absent: the bundle beside the program, or the sources. */
  code?: WorkflowCode;
  /** Replaces single activities, for instance with a hospital's own payment order. */
  activities?: Partial<Activities>;
  interceptors?: WorkerOptions['interceptors'];
  /** Grace period for running activities at shutdown. */
  shutdownGraceTime?: WorkerOptions['shutdownGraceTime'];
  /**
   * Sticky queue timeout: how long an instance waits for the worker that caches it before another one may take it, also
   * after that worker has died. A low value only costs replays. Default 5 s.
   */
  stickyPatience?: WorkerOptions['stickyQueueScheduleToStartTimeout'];
  /** Instances that one root may lead to within a day (store/runtime/descendants.ts). */
  descendantsPerDay?: number;
  maxCachedWorkflows?: number;
  maxConcurrentWorkflowTaskExecutions?: number;
}

export async function createCareloopWorker(options: CareloopWorkerOptions): Promise<Worker> {
  const { connection, namespace = 'default', taskQueue, keys, descendantsPerDay = usualDescendantsPerDay } = options;
  const client = sealingClient(connection, namespace, keys);
  const { interceptors: workflowModules, ...code } = options.code ?? workflowCode(import.meta.url);
  const activities = {
    ...createActivities(
      createMessenger(client, taskQueue, descendantsPerDay),
      createInstanceChanges(client),
      createStarter(client, taskQueue),
      descendantsPerDay,
    ),
    ...options.activities,
  };
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    activities,
    shutdownGraceTime: options.shutdownGraceTime ?? '10s',
    stickyQueueScheduleToStartTimeout: options.stickyPatience ?? '5s',
    dataConverter: actingConverter(keys),
    ...code,
    interceptors: {
      ...options.interceptors,
      activity: [...(options.interceptors?.activity ?? []), sealedActivities],
      ...(workflowModules && { workflowModules }),
    },
    ...(options.maxCachedWorkflows !== undefined && { maxCachedWorkflows: options.maxCachedWorkflows }),
    ...(options.maxConcurrentWorkflowTaskExecutions !== undefined && {
      maxConcurrentWorkflowTaskExecutions: options.maxConcurrentWorkflowTaskExecutions,
    }),
  });
}
