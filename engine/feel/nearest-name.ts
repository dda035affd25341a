/** The most similar known name, by edit distance. */

/** Letters to insert, remove, replace or swap with their neighbour to make one of the other (optimal string alignment). */
export function lettersApart(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const before = rows[i - 1] ?? [];
      let least = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

/** @returns the one nearest to it, when no more than a third of its letters differ */
export function nearest(name: string, among: Iterable<string>): string | undefined {
  let found: string | undefined;
  let least = Math.floor(name.length / 3) + 1;
  for (const other of among) {
    const apart = lettersApart(name.toLowerCase(), other.toLowerCase());
    if (apart < least) {
      least = apart;
      found = other;
    }
  }
  return found;
}
