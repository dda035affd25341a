/**
 * Business keys with a serial, counted per process and prefix. Each is one inserted document, unique by serial and by
 * request: no two requests get the same key, a repeat gets its own again, and no serial is skipped.
 */
import mongoose from 'mongoose';
import { isDuplicateKey, rowSchema } from '../db/schema.ts';

interface BusinessKeyRow {
  /** `<process> <request>`. */
  _id: string;
  process: string;
  /** The text before the serial, for instance `BJ202611`. */
  prefix: string;
  serial: number;
  key: string;
  /** ISO 8601, for the record. */
  at: string;
}

const schema = rowSchema<BusinessKeyRow>({ process: String, prefix: String, serial: Number, key: String, at: String });
schema.index({ process: 1, prefix: 1, serial: -1 }, { unique: true });

export const BusinessKeyModel = mongoose.model<BusinessKeyRow>('businessKeys', schema, 'businessKeys');

export interface BusinessKeyRequest {
  process: string;
  /** Serials start at 1 for each prefix of a process. */
  prefix: string;
  keyOf(serial: number): string;
  /** The same request gets the same key of a process at any time, even if the prefix has changed meanwhile. */
  request: string;
  /** ISO 8601. */
  at: string;
}

/** Requests of one prefix are queued within the process; across processes the unique index decides. */
const queues = new Map<string, Promise<unknown>>();

export async function allocateBusinessKey(request: BusinessKeyRequest): Promise<string> {
  const name = `${request.process} ${request.prefix}`;
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.then(
    () => allocate(request),
    () => allocate(request),
  );
  queues.set(name, mine);
  try {
    return await mine;
  } finally {
    if (queues.get(name) === mine) queues.delete(name);
  }
}

async function allocate({ process, prefix, keyOf, request, at }: BusinessKeyRequest): Promise<string> {
  const _id = `${process} ${request}`;
  for (;;) {
    const existing = await BusinessKeyModel.findById(_id).lean<BusinessKeyRow>();
    if (existing) return existing.key;
    const last = await BusinessKeyModel.findOne({ process, prefix }).sort({ serial: -1 }).lean<BusinessKeyRow>();
    const serial = (last?.serial ?? 0) + 1;
    const key = keyOf(serial);
    try {
      await BusinessKeyModel.collection.insertOne({ _id, process, prefix, serial, key, at } as never);
      return key;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
