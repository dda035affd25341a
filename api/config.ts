/** Settings of the API, read from the environment and validated once at startup. */
import { callbacksFor } from '../gateway/choose.ts';
import type { Callbacks } from '../gateway/port.ts';
import { usualDescendantsPerDay } from '../store/runtime/descendants.ts';
import { databaseUri, isLoopback, type TemporalSettings, temporalSettings } from '../temporal/connection-settings.ts';
import { keyVariables, type SealingKeys, sealingKeys } from '../temporal/sealing/keys.ts';
import { readTogether } from '../temporal/settings.ts';
import { fileKinds } from './files/file-types.ts';
import { commandScanner, type Scanner } from './files/scanner.ts';
import type { CodecAccess } from './http/codec-access.ts';
import { z } from './http/zod.ts';

const environment = z.object({
  ...keyVariables,
  CARELOOP_TASK_QUEUE: z.string().default('careloop'),
  /** Instances that one root may lead to within a day; the worker has the same. */
  CARELOOP_DESCENDANTS_PER_DAY: z.coerce.number().int().positive().default(usualDescendantsPerDay),
  CARELOOP_API_PORT: z.coerce.number().int().min(0).max(65535).default(8080),
  CARELOOP_HOST: z.string().default('127.0.0.1'),
  /** 1: process time may run faster than real time (demos, drills, tests), in a database created by a local start. */
  CARELOOP_ALLOW_TIME_SCALE: z.string().optional(),
  /** Set by `./careloop start` for a database it created. */
  CARELOOP_DATABASE_ID: z.string().optional(),
  /** 1: the session cookie is sent over HTTPS only. Always on when the host is not loopback. */
  CARELOOP_SECURE_COOKIE: z.string().optional(),
  /** Number of trusted proxies in front of the API, whose `X-Forwarded-For` and `X-Forwarded-Proto` are used. */
  CARELOOP_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
  /** Rate limit per session or address, in requests per minute. */
  CARELOOP_RATE_LIMIT: z.coerce.number().int().positive().default(3000),
  /** Retention of audit entries, in days. */
  CARELOOP_AUDIT_DAYS: z.coerce.number().int().min(180).max(36_500).default(1095),
  /** Origins of Temporal's UI, comma-separated, allowed to call the codec endpoint. */
  CARELOOP_CODEC_ORIGINS: z.string().optional(),
  /** 1: Temporal's UI on this machine needs no login while the database holds demo people only. */
  CARELOOP_CODEC_DEMO: z.string().optional(),
  /** Bearer token with which monitoring on other hosts reads metrics and the details of readiness. */
  CARELOOP_MONITORING_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{20,}$/, 'Use 20 or more visible ASCII characters, without spaces.')
    .optional(),
  /** Maximum size of an uploaded file. */
  CARELOOP_FILE_MAX_MB: z.coerce.number().int().min(1).max(1000).default(20),
  /** Accepted media types, comma-separated; a subset of those in api/files/file-types.ts. */
  CARELOOP_FILE_TYPES: z.string().default(Object.keys(fileKinds).join(',')).transform(typesIn),
  /** Scanner command and arguments, separated by spaces; exit codes as of `clamdscan`. */
  CARELOOP_FILE_SCANNER: z.string().optional(),
  /** Secret path segment under which the letter carrier reports receipts and replies. */
  CARELOOP_CALLBACK_SECRET: z
    .string()
    .regex(/^[\w-]{20,200}$/, 'Use 20 or more letters, digits, _ and -.')
    .optional(),
  CARELOOP_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface ApiConfig {
  /** Callback of the letter carrier; absent: the carrier reports nothing. */
  callbacks?: Callbacks;
  /** Secret path segment known to the carrier only. */
  callbackSecret?: string;
  temporal: TemporalSettings & { taskQueue: string; descendantsPerDay?: number };
  keys: SealingKeys;
  mongodbUri: string;
  port: number;
  host: string;
  allowTimeScale: boolean;
  /** True for a database created by a local start on this machine. */
  databaseId?: string;
  secureCookie: boolean;
  proxyHops: number;
  codec: CodecAccess;
  requestsPerMinute: number;
  auditDays: number;
  monitoringToken?: string;
  files: FileConfig;
  logLevel: string;
}

export interface FileConfig {
  maxBytes: number;
  /** Media types. */
  types: readonly string[];
  /** Absent: files are not scanned. */
  scanner?: Scanner;
}

/** @throws Error naming the invalid variables */
export function readConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const { read, callbacks, temporal, mongodbUri } = readTogether({
    callbacks: () => callbacksFor(env),
    read: () => environment.parse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))),
    temporal: () => temporalSettings(env),
    mongodbUri: () => databaseUri(env),
  });
  return {
    temporal: {
      ...temporal,
      taskQueue: read.CARELOOP_TASK_QUEUE,
      descendantsPerDay: read.CARELOOP_DESCENDANTS_PER_DAY,
    },
    keys: sealingKeys(read.CARELOOP_ACTING_KEYS, read.CARELOOP_JOB_KEYS),
    mongodbUri,
    port: read.CARELOOP_API_PORT,
    host: read.CARELOOP_HOST,
    allowTimeScale: read.CARELOOP_ALLOW_TIME_SCALE === '1',
    ...(read.CARELOOP_DATABASE_ID !== undefined && { databaseId: read.CARELOOP_DATABASE_ID }),
    secureCookie: secureCookie(read.CARELOOP_HOST, read.CARELOOP_SECURE_COOKIE),
    proxyHops: read.CARELOOP_PROXY_HOPS,
    codec: { origins: originsIn(read.CARELOOP_CODEC_ORIGINS), demo: read.CARELOOP_CODEC_DEMO === '1' },
    requestsPerMinute: read.CARELOOP_RATE_LIMIT,
    auditDays: read.CARELOOP_AUDIT_DAYS,
    ...(read.CARELOOP_MONITORING_TOKEN !== undefined && { monitoringToken: read.CARELOOP_MONITORING_TOKEN }),
    files: {
      maxBytes: read.CARELOOP_FILE_MAX_MB * 1_048_576,
      types: read.CARELOOP_FILE_TYPES,
      ...scannerIn(read.CARELOOP_FILE_SCANNER),
    },
    ...(callbacks && { callbacks }),
    ...(read.CARELOOP_CALLBACK_SECRET !== undefined && { callbackSecret: read.CARELOOP_CALLBACK_SECRET }),
    logLevel: read.CARELOOP_LOG_LEVEL,
  };
}

function typesIn(text: string, context: z.RefinementCtx): string[] {
  const types = text.split(',').flatMap((one) => one.trim() || []);
  for (const unknown of types.filter((one) => !Object.hasOwn(fileKinds, one)))
    context.addIssue({ code: 'custom', message: `"${unknown}" is not one of ${Object.keys(fileKinds).join(', ')}.` });
  return types;
}

function scannerIn(command = ''): Pick<FileConfig, 'scanner'> {
  const [program, ...given] = command.split(/\s+/).filter(Boolean);
  return program === undefined ? {} : { scanner: commandScanner([program, ...given]) };
}

const originsIn = (text = ''): string[] => text.split(',').flatMap((one) => one.trim().replace(/\/$/, '') || []);

/** Beyond loopback the cookie could be read from the network if it were sent without TLS. */
function secureCookie(host: string, given: string | undefined): boolean {
  if (isLoopback(host)) return given === '1';
  if (given === '0')
    throw new Error(
      `CARELOOP_SECURE_COOKIE=0 is for loopback only, and CARELOOP_HOST is ${host}: serve the API over HTTPS.`,
    );
  return true;
}
