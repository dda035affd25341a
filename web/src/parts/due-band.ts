/** How urgent a due date is, by the share of its time that has passed. */

/** Green below a half, yellow from a half, orange from three quarters, red when it has passed. */
type DueBand = 'early' | 'half' | 'close' | 'late';

export function bandOf(since: string, dueAt: string, now: number): { band: DueBand; share: number } {
  const [from, to] = [new Date(since).getTime(), new Date(dueAt).getTime()];
  const share = to <= from ? 1 : Math.min(1, Math.max(0, (now - from) / (to - from)));
  if (now > to) return { band: 'late', share: 1 };
  return { band: share < 0.5 ? 'early' : share < 0.75 ? 'half' : 'close', share };
}
