/** A short-lived cache of reads, shared by all callers of the process. */

/** @param ms lifetime of a result */
export function rememberFor<Arguments extends readonly string[], T>(
  ms: number,
  read: (...of: Arguments) => Promise<T>,
): ((...of: Arguments) => Promise<T>) & { forget(): void } {
  const known = new Map<string, { until: number; answer: Promise<T> }>();
  const remembered = (...of: Arguments): Promise<T> => {
    const key = JSON.stringify(of);
    const before = known.get(key);
    if (before && before.until > Date.now()) return before.answer;
    if (known.size >= 1000) known.clear();
    const answer = read(...of);
    known.set(key, { until: Date.now() + ms, answer });
    // Failures are not cached.
    answer.catch(() => known.delete(key));
    return answer;
  };
  return Object.assign(remembered, { forget: () => known.clear() });
}
