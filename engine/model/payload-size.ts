/** Temporal accepts 2 MB per payload. A worker that sends more fails its workflow task again and again, without an incident. */

/** A little less than the server takes: room for what goes around it. */
const maxBytes = 2_000_000;

const utf8 = new TextEncoder();

/** As JSON in UTF-8. A letter has three bytes at most, so what is short is not encoded. */
function bytesOver(value: unknown): number | undefined {
  const text = JSON.stringify(value) ?? '';
  if (text.length * 3 <= maxBytes) return undefined;
  const bytes = utf8.encode(text).length;
  return bytes > maxBytes ? bytes : undefined;
}

/** @returns its size and the limit, in megabytes; undefined when Temporal accepts it */
export function oversizeOf(value: unknown): { megabytes: string; limit: string } | undefined {
  return megabytesOver(bytesOver(value) ?? 0);
}

/** The same of what has so many bytes. */
export const megabytesOver = (bytes: number): { megabytes: string; limit: string } | undefined =>
  bytes > maxBytes ? { megabytes: megabytes(bytes), limit: megabytes(maxBytes) } : undefined;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
