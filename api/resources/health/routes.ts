/** /healthz, /readyz, /metrics: without login or personal data; details for monitoring only. */
import { rememberFor } from '../../../store/db/remember.ts';
import { probeStore } from '../../../store/db/write-probe.ts';
import { hasDefinitions } from '../../../store/definitions/definitions.ts';
import type { Deps } from '../../http/deps.ts';
import { forbidden } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { healthSchema, readySchema } from './schemas.ts';

const tag = 'Health';

/** An idle worker polls at least once a minute. */
const polledWithinMs = 90_000;

/** Cached for a moment, so that concurrent probes share one check. */
const checkedForMs = 1000;

const forMonitoring =
  'Details for requests from this machine to a loopback address without proxy headers, and for those with `Authorization: Bearer …` and the token that the API has as `CARELOOP_MONITORING_TOKEN`.';

export function healthRoutes(deps: Deps): Route[] {
  const readiness = rememberFor(checkedForMs, () => checkReadiness(deps));
  return [
    route({
      key: 'GET /healthz',
      access: 'public',
      tag,
      summary: 'The API runs',
      answers: { 200: { description: 'It does.', schema: healthSchema } },
      async handle() {
        return { body: { status: 'ok' } };
      },
    }),
    route({
      key: 'GET /readyz',
      access: 'public',
      tag,
      summary: 'Readiness: whether processes can be started and continue, and what is missing',
      description: `${forMonitoring} Others learn only whether it is ready.`,
      answers: {
        200: { description: 'Ready.', schema: readySchema },
        503: { description: 'Something is missing; "detail" says what.', schema: readySchema },
      },
      async handle(_input, { context }) {
        const found = await readiness();
        return { status: found.ready ? 200 : 503, body: context.isMonitor ? found : { ready: found.ready } };
      },
    }),
    route({
      key: 'GET /metrics',
      access: 'public',
      tag,
      summary: 'Prometheus metrics',
      description: `${forMonitoring} Others are refused (403).`,
      answers: { 200: { description: 'Text format.', contentType: 'text/plain' } },
      refusals: { 403: 'You are not the monitoring of this installation.' },
      async handle(_input, { context }) {
        if (!context.isMonitor)
          throw forbidden(
            'monitoring-only',
            'Metrics are for the monitoring of this installation.',
            'Ask on the machine itself, or send "Authorization: Bearer …" with CARELOOP_MONITORING_TOKEN of the API.',
          );
        const { registry } = deps.metrics;
        return { text: { type: registry.contentType, content: await registry.metrics() } };
      },
    }),
  ];
}

/** Optional parts are reported without affecting readiness. */
const scannerCheck = (active: boolean): Check => ({
  ok: true,
  why: active
    ? 'Uploaded files are scanned.'
    : 'No virus scanner is configured (CARELOOP_FILE_SCANNER): files are not scanned.',
});

interface Check {
  ok: boolean;
  why: string;
}

async function checkReadiness({ processes, config }: Deps) {
  const [database, temporal] = await Promise.all([
    check('The database answers and accepts writes.', 'The database does not answer or accept writes', probeStore),
    check('Temporal answers.', 'Temporal does not answer', processes.ping),
  ]);
  const [worker, definitions] = await Promise.all([
    temporal.ok ? checkWorker(processes, config.temporal.taskQueue) : unknown('Temporal'),
    database.ok ? checkDefinitions() : unknown('the database'),
  ]);
  const checks = { database, temporal, worker, definitions, scanner: scannerCheck(config.files.scanner !== undefined) };
  const failed = Object.values(checks).filter((one) => !one.ok);
  // A check that depends on another one is not reported as failed when that one fails.
  const missing = failed.filter((one) => !one.why.startsWith(notKnown));
  const detail =
    missing.length === 0 ? 'Processes can be started and continue.' : missing.map((one) => one.why).join(' ');
  return { ready: failed.length === 0, detail, checks };
}

async function check(good: string, bad: string, probe: () => Promise<void>): Promise<Check> {
  try {
    await within(2500, probe());
    return { ok: true, why: good };
  } catch (error) {
    return { ok: false, why: `${bad}: ${reasonOf(error)}.` };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\.+$/, '') : 'unknown';
}

async function checkWorker(processes: Deps['processes'], taskQueue: string): Promise<Check> {
  const seen: { at: Date | null } = { at: null };
  const asked = await check('', 'The task queue cannot be described', async () => {
    seen.at = await processes.lastPoll();
  });
  if (!asked.ok) return asked;
  const polls = seen.at !== null && Date.now() - seen.at.getTime() < polledWithinMs;
  return polls
    ? { ok: true, why: `A worker polls the task queue ${taskQueue}.` }
    : { ok: false, why: `No worker polls the task queue ${taskQueue}: processes would start but not continue.` };
}

async function checkDefinitions(): Promise<Check> {
  const found = { some: false };
  const asked = await check('', 'The definitions cannot be read', async () => {
    found.some = await hasDefinitions();
  });
  if (!asked.ok) return asked;
  return found.some
    ? { ok: true, why: 'Definitions are deployed.' }
    : { ok: false, why: 'No definition is deployed; run the seed or POST /api/definitions.' };
}

const notKnown = 'Not known';

function unknown(what: string): Check {
  return { ok: false, why: `${notKnown} while ${what} is away.` };
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
