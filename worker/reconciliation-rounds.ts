/** Queries the gateway each night for letters without a receipt; missed nights are made up for. */

import { reconcileOne } from '../gateway/delivery/reconcile.ts';
import type { Gateway } from '../gateway/port.ts';
import { databaseTime } from '../store/db/database-time.ts';
import { isGatewayAway } from '../store/messaging/gateway-states.ts';
import type { Audience } from '../store/messaging/outbox.ts';
import { beginReconciliation, type Finding, finishReconciliation } from '../store/messaging/reconciliations.ts';
import type { Log } from './log.ts';
import { repeatRounds } from './rounds.ts';

const everyMs = 10 * 60_000;
const hourMs = 3_600_000;
/** 19:00 UTC, which is 03:00 in China: after carriers have repeated receipts, before people begin. The night has the Chinese date. */
const dayBeginsBeforeMs = 5 * hourMs;
const answerMs = 30_000;
/** Questions under way at once. */
const atATime = 8;

export interface Reconciling {
  audience: Audience;
  gateway: Gateway;
  log: Log;
  count(finding: Finding): void;
  stop: AbortSignal;
}

export async function runReconciliation(options: Reconciling): Promise<void> {
  const { gateway, log, stop } = options;
  if (!gateway.tellsReceipts) return;
  await repeatRounds(() => reconcile(options), {
    everyMs,
    log,
    onFailure: 'Cannot ask for letters without a receipt; trying again',
    stop,
  });
}

/** Exported for tests: one round. It waits for a gateway that is away. */
export async function reconcile({ audience, gateway, log, count, stop }: Reconciling): Promise<void> {
  const night = { audience, night: nightOf((await databaseTime()).getTime()) };
  if ((await isGatewayAway(audience)) || !(await beginReconciliation(night))) return;
  const found: Partial<Record<Finding, number>> = {};
  const askOn = async (): Promise<void> => {
    while (!stop.aborted) {
      const finding = await reconcileOne(night, gateway, answerMs);
      if (finding === undefined) return;
      count(finding);
      found[finding] = (found[finding] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atATime }, askOn));
  if (stop.aborted) return;
  await finishReconciliation(night);
  log.info({ night: night.night, ...found }, 'Asked the gateway for letters without a receipt');
}

/** The night that began last. */
const nightOf = (nowMs: number): string => new Date(nowMs + dayBeginsBeforeMs).toISOString().slice(0, 10);
