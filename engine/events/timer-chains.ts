/**
 * Timers that set each other off: a loop through a timer of no duration, or a cycle of milliseconds, runs for ever without anybody, and no
 * single step shows it. Waiting times are taken from due dates, so the speed of process time and late firings do not matter.
 */
import { type Failure, fail } from '../core/failure.ts';
import type { Run } from '../core/run-types.ts';
import type { TimerChain, Trigger } from '../model/types.ts';

/** A timer armed in a step of a timer continues its chain, unless it has waited long enough together with those before it. */
const maxTimers = 1000;
const withinMs = 10 * 60_000;

type TimerTrigger = Extract<Trigger, { type: 'timer' }>;

/**
 * @param from the arming, or the round of a cycle before
 * @returns the timer with its place in the chain
 */
export function chained(run: Run, timer: TimerTrigger, from: string): { ok: true; value: TimerTrigger } | Failure {
  const chain = run.timerChain && nextOf(run.timerChain, Date.parse(timer.dueAt) - Date.parse(from));
  if (!chain) return { ok: true, value: timer };
  if (chain.timers > maxTimers) return fail('endless-loop', { reason: 'timer-chain', timers: maxTimers });
  return { ok: true, value: { ...timer, chain } };
}

function nextOf({ timers, waitedMs }: TimerChain, waitMs: number): TimerChain | undefined {
  const waited = waitedMs + Math.max(0, waitMs);
  return waited < withinMs ? { timers: timers + 1, waitedMs: waited } : undefined;
}
