/** What stands in the events of a history: all texts, as whoever reaches Temporal reads them, and all payloads, as its UI has them opened. */
import type { Payload } from '@temporalio/common';

const isPayload = (value: object): value is Payload => 'metadata' in value && 'data' in value;
const membersOf = (value: object): unknown[] => (Array.isArray(value) ? value : Object.values(value));

export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array) return [Buffer.from(value).toString()];
  return typeof value === 'object' && value !== null ? membersOf(value).flatMap(textsIn) : [];
}

export function payloadsIn(value: unknown): Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return isPayload(value) ? [value] : membersOf(value).flatMap(payloadsIn);
}
