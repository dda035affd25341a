/** Settings of the worker, read from the environment and validated once at startup. */
import { z } from 'zod';
import { gatewayFor } from '../gateway/choose.ts';
import type { Gateway } from '../gateway/port.ts';
import type { Retention } from '../store/retention.ts';
import { usualDescendantsPerDay } from '../store/runtime/descendants.ts';
import { databaseUri, type TemporalSettings, temporalSettings } from '../temporal/connection-settings.ts';
import { keyVariables, type SealingKeys, sealingKeys } from '../temporal/sealing/keys.ts';
import { readTogether } from '../temporal/settings.ts';

const days = (by: number) => z.coerce.number().int().positive().default(by);

const environment = z.object({
  ...keyVariables,
  CARELOOP_TASK_QUEUE: z.string().default('careloop'),
  /** Instances that one root may lead to within a day; the API has the same. */
  CARELOOP_DESCENDANTS_PER_DAY: z.coerce.number().int().positive().default(usualDescendantsPerDay),
  CARELOOP_OUTBOX_DIR: z.string().default('.local/outbox'),
  CARELOOP_LETTERS_PER_SECOND: z.coerce.number().int().positive().default(100),
  CARELOOP_DATABASE_ID: z.string().optional(),
  CARELOOP_WORKER_PORT: z.coerce.number().int().min(0).max(65535).default(8081),
  CARELOOP_KEEP_OUTBOX_TEXTS_DAYS: days(30),
  CARELOOP_KEEP_OUTBOX_DAYS: days(365),
  CARELOOP_KEEP_CONDITION_CHECKS_DAYS: days(30),
  CARELOOP_KEEP_BATCHES_DAYS: days(180),
  CARELOOP_KEEP_DRAFTS_DAYS: days(30),
  CARELOOP_KEEP_WAITING_FILES_DAYS: days(60),
  /** Absent: permanently. */
  CARELOOP_KEEP_FILES_DAYS: z.coerce.number().int().positive().optional(),
  CARELOOP_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface WorkerConfig {
  temporal: TemporalSettings & { taskQueue: string };
  descendantsPerDay: number;
  keys: SealingKeys;
  mongodbUri: string;
  /** Identifies the database created by a local start of this machine. */
  databaseId?: string;
  outboxFolder: string;
  /** Gateway for letters to patients; absent: files. */
  gateway?: Gateway;
  lettersPerSecond: number;
  keep: Retention;
  port: number;
  logLevel: string;
}

/** @throws Error naming the invalid variables */
export function readConfig(env: NodeJS.ProcessEnv = process.env): WorkerConfig {
  const { data, gateway, temporal, mongodbUri } = readTogether({
    gateway: () => gatewayFor(env),
    data: () => environment.parse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))),
    temporal: () => temporalSettings(env),
    mongodbUri: () => databaseUri(env),
  });
  return {
    temporal: { ...temporal, taskQueue: data.CARELOOP_TASK_QUEUE },
    descendantsPerDay: data.CARELOOP_DESCENDANTS_PER_DAY,
    keys: sealingKeys(data.CARELOOP_ACTING_KEYS, data.CARELOOP_JOB_KEYS),
    mongodbUri,
    ...(data.CARELOOP_DATABASE_ID !== undefined && { databaseId: data.CARELOOP_DATABASE_ID }),
    outboxFolder: data.CARELOOP_OUTBOX_DIR,
    ...(gateway && { gateway }),
    lettersPerSecond: data.CARELOOP_LETTERS_PER_SECOND,
    keep: {
      outboxTexts: data.CARELOOP_KEEP_OUTBOX_TEXTS_DAYS,
      outbox: data.CARELOOP_KEEP_OUTBOX_DAYS,
      conditionChecks: data.CARELOOP_KEEP_CONDITION_CHECKS_DAYS,
      batches: data.CARELOOP_KEEP_BATCHES_DAYS,
      drafts: data.CARELOOP_KEEP_DRAFTS_DAYS,
      waitingFiles: data.CARELOOP_KEEP_WAITING_FILES_DAYS,
      ...(data.CARELOOP_KEEP_FILES_DAYS !== undefined && { files: data.CARELOOP_KEEP_FILES_DAYS }),
    },
    port: data.CARELOOP_WORKER_PORT,
    logLevel: data.CARELOOP_LOG_LEVEL,
  };
}
