/**
 * Results of local activities reach the server together, in the message that ends their workflow task, of which gRPC takes 4 MB.
 * Each fits by itself (engine/model/payload-size.ts); a workflow task whose results do not fit together would fail forever.
 */

/** Leaves room for the rest of the workflow task. */
export const maxTogether = 3_000_000;
/** Smaller results are never refused, so that the runtime's own activities continue. */
export const smallBytes = 50_000;
/** Longer than a workflow task is kept open for local activities (workflows/runtime/local-activities.ts). */
const windowMs = 10_000;

interface Recent {
  at: number;
  bytes: number;
}

/** By run, the oldest first. */
const recent = new Map<string, Recent[]>();

/**
 * Counts a result of a run, unless it is too large together with those before.
 * @param now in milliseconds
 * @returns the bytes they have together, when that is too much
 */
export function bytesTooManyTogether(runId: string, bytes: number, now: number): number | undefined {
  if (bytes <= smallBytes) return undefined;
  const still = (recent.get(runId) ?? []).filter(({ at }) => now - at < windowMs);
  const together = still.reduce((sum, one) => sum + one.bytes, bytes);
  if (still.length > 0 && together > maxTogether) return together;
  recent.delete(runId);
  recent.set(runId, [...still, { at: now, bytes }]);
  forgetBefore(now - windowMs);
  return undefined;
}

/** Runs stand in the order of their last result. */
function forgetBefore(at: number): void {
  for (const [runId, results] of recent) {
    if ((results.at(-1)?.at ?? 0) > at) return;
    recent.delete(runId);
  }
}
