/** Hours in which patients may be contacted, in the time of their facility (docs/domain.md#follow-up-chains). */
import { instantMsOfLocal, localMs } from '../../engine/time/zone.ts';
import type { Audience, Lane } from '../../store/messaging/outbox.ts';

/** Hours of the day: first inclusive, second exclusive. */
export interface Hours {
  from: number;
  to: number;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Absent: at any hour. */
export function hoursOf(audience: Audience, lane: Lane): Hours | undefined {
  if (audience === 'staff' || lane === 'urgent') return undefined;
  return lane === 'marketing' ? { from: 9, to: 20 } : { from: 8, to: 21 };
}

/** @returns milliseconds until the window opens; 0 within it */
export function untilOpen(hours: Hours, nowMs: number, zone: string): number {
  const local = localMs(nowMs, zone);
  const midnight = Math.floor(local / dayMs) * dayMs;
  const hour = (local - midnight) / hourMs;
  if (hour >= hours.from && hour < hours.to) return 0;
  const day = hour < hours.from ? midnight : midnight + dayMs;
  return instantMsOfLocal(day + hours.from * hourMs, zone) - nowMs;
}

/** Local date, and the Monday of its week. */
export function daysOf(nowMs: number, zone: string): { day: string; week: string } {
  const local = localMs(nowMs, zone);
  // 1970-01-01 was a Thursday.
  const sinceMonday = (Math.floor(local / dayMs) + 3) % 7;
  return { day: isoDate(local), week: isoDate(local - sinceMonday * dayMs) };
}

const isoDate = (local: number): string => new Date(local).toISOString().slice(0, 10);
