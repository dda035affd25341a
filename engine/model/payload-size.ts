/** Temporal accepts 2 MB per payload. A worker that sends more fails its workflow task again and again, without an incident. */

/** A little less than the server takes: room for what goes around it. */
const maxBytes = 2_000_000;

const utf8 = new TextEncoder();

/** As JSON in UTF-8; 0 for what has surely no more than `small`: a letter has three bytes at most, so what is short is not encoded. */
export function bytesFrom(small: number, value: unknown): number {
  const text = JSON.stringify(value) ?? '';
  return text.length * 3 <= small ? 0 : utf8.encode(text).length;
}

/** @returns its size and the limit, in megabytes; undefined when Temporal accepts it */
export function oversizeOf(value: unknown): { megabytes: string; limit: string } | undefined {
  return megabytesOver(bytesFrom(maxBytes, value));
}

/** The same of what has so many bytes. */
export const megabytesOver = (bytes: number): { megabytes: string; limit: string } | undefined =>
  bytes > maxBytes ? { megabytes: megabytes(bytes), limit: megabytes(maxBytes) } : undefined;

export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
