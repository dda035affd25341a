/** The worker's settings, all from the environment, checked once at start. */
import { z } from 'zod';
import type { Retention } from '../store/retention.ts';
import { keyVariables, type SealingKeys, sealingKeys } from '../temporal/sealing/keys.ts';

const days = (by: number) => z.coerce.number().int().positive().default(by);

const environment = z.object({
  TEMPORAL_ADDRESS: z.string().default('127.0.0.1:7233'),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  MONGODB_URI: z.string().default('mongodb://127.0.0.1:27017/careloop?directConnection=true'),
  ...keyVariables,
  CARELOOP_TASK_QUEUE: z.string().default('careloop'),
  CARELOOP_OUTBOX_DIR: z.string().default('.local/outbox'),
  CARELOOP_WORKER_PORT: z.coerce.number().int().min(0).max(65535).default(8081),
  CARELOOP_KEEP_OUTBOX_TEXTS_DAYS: days(30),
  CARELOOP_KEEP_OUTBOX_DAYS: days(365),
  CARELOOP_KEEP_CONDITION_CHECKS_DAYS: days(30),
  CARELOOP_KEEP_BATCHES_DAYS: days(180),
  CARELOOP_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface WorkerConfig {
  temporal: { address: string; namespace: string; taskQueue: string };
  keys: SealingKeys;
  mongodbUri: string;
  outboxFolder: string;
  keep: Retention;
  port: number;
  logLevel: string;
}

/** @throws Error naming the variable that is wrong */
export function readConfig(env: NodeJS.ProcessEnv = process.env): WorkerConfig {
  const read = environment.safeParse(env);
  if (!read.success) throw new Error(`The environment is not right: ${z.prettifyError(read.error)}`);
  const { data } = read;
  return {
    temporal: {
      address: data.TEMPORAL_ADDRESS,
      namespace: data.TEMPORAL_NAMESPACE,
      taskQueue: data.CARELOOP_TASK_QUEUE,
    },
    keys: sealingKeys(data.CARELOOP_ACTING_KEYS, data.CARELOOP_JOB_KEYS),
    mongodbUri: data.MONGODB_URI,
    outboxFolder: data.CARELOOP_OUTBOX_DIR,
    keep: {
      outboxTexts: data.CARELOOP_KEEP_OUTBOX_TEXTS_DAYS,
      outbox: data.CARELOOP_KEEP_OUTBOX_DAYS,
      conditionChecks: data.CARELOOP_KEEP_CONDITION_CHECKS_DAYS,
      batches: data.CARELOOP_KEEP_BATCHES_DAYS,
    },
    port: data.CARELOOP_WORKER_PORT,
    logLevel: data.CARELOOP_LOG_LEVEL,
  };
}
