/** Makes the Temporal worker that runs all processes: workflows, activities, what they need to reach each other. */
import { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import type { Activities } from '../activities/types.ts';
import { createInstanceChanges } from '../temporal/change-client.ts';
import { createMessenger } from '../temporal/messenger.ts';
import { createStarter } from '../temporal/starter.ts';
import { workflowCode } from './bundle.ts';

export interface CareloopWorkerOptions {
  /** The store must be connected (store/db/connection.ts). */
  connection: NativeConnection;
  namespace?: string;
  taskQueue: string;
  /** Workflow code; absent: the bundle beside the program, or the sources. */
  code?: Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath' | 'bundlerOptions'>;
  /** Replaces single activities, for instance with a hospital's own payment order. */
  activities?: Partial<Activities>;
  interceptors?: WorkerOptions['interceptors'];
  /** How long activities under way may go on after a shutdown began. */
  shutdownGraceTime?: WorkerOptions['shutdownGraceTime'];
  /**
   * How long an instance waits for the worker that has it in its cache before any other may take it: as long, too, until it goes on after
   * that one has died. Too short only costs replays. Default 5 s.
   */
  stickyPatience?: WorkerOptions['stickyQueueScheduleToStartTimeout'];
  maxCachedWorkflows?: number;
  maxConcurrentWorkflowTaskExecutions?: number;
}

export async function createCareloopWorker(options: CareloopWorkerOptions): Promise<Worker> {
  const { connection, namespace = 'default', taskQueue } = options;
  const client = new Client({ connection, namespace });
  const activities = {
    ...createActivities(
      createMessenger(client, taskQueue),
      createInstanceChanges(client),
      createStarter(client, taskQueue),
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
    ...(options.code ?? workflowCode(import.meta.url)),
    ...(options.interceptors && { interceptors: options.interceptors }),
    ...(options.maxCachedWorkflows !== undefined && { maxCachedWorkflows: options.maxCachedWorkflows }),
    ...(options.maxConcurrentWorkflowTaskExecutions !== undefined && {
      maxConcurrentWorkflowTaskExecutions: options.maxConcurrentWorkflowTaskExecutions,
    }),
  });
}
