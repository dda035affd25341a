/** What Temporal takes at once: 2 MB a payload. A worker that sends more fails its workflow task each time anew, and nobody is told. */
import { patched } from '@temporalio/workflow';

/** A little less than the server takes: room for what goes around it. */
const mostBytes = 2_000_000;

/** Bytes of the value as JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  const text = JSON.stringify(value) ?? '';
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    // Half of a pair that makes four bytes.
    bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}

/** @returns how large it is and may be, in words; undefined when Temporal takes it */
export function tooLargeInWords(value: unknown): string | undefined {
  const bytes = bytesOf(value);
  // Runs of before sent what lay between our limit and the server's.
  if (bytes <= mostBytes || !patched('payload-limit')) return undefined;
  return `${megabytes(bytes)} MB，超过 Temporal 每次可传送的 ${megabytes(mostBytes)} MB`;
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
