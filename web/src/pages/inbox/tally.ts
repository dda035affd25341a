/** A number beside a tab or a filter; the server counts to a thousand. */
export const tally = (count: number): string => (count >= 1000 ? '999+' : String(count));
