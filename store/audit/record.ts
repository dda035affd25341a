/**
 * Writes the audit trail. Entries that arrive during a write are written together by the next one. While the database
 * is unavailable up to `bufferedAtMost` entries are buffered here and written later; acts that must not proceed
 * unaudited call `requireAuditTrail` first.
 */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { isUnavailable } from '../db/availability.ts';
import { type AuditEntry, AuditModel, type AuditRow } from './entries.ts';

/** The trail cannot be written at present. */
export class AuditUnavailableError extends Error {
  override readonly name = 'AuditUnavailableError';
}

interface Pending {
  row: AuditRow;
  written(): void;
  failed(error: unknown): void;
}

export const bufferedAtMost = 10_000;
const inOneWrite = 500;
const tryAgainMs = 1000;
const dayMs = 86_400_000;

let keptDays = 1095;
let pending: Pending[] = [];
let writing: Promise<void> | undefined;
let away = false;

/** Retention of entries written from now on. */
export function keepAuditFor(days: number): void {
  keptDays = days;
}

/**
 * Adds an entry.
 * @returns when it is on disk. Rejects while the database is unavailable; the entry stays buffered and is written
 * later.
 * @throws AuditUnavailableError when the buffer is full
 */
export function recordAudit(entry: AuditEntry): Promise<void> {
  if (pending.length >= bufferedAtMost)
    return Promise.reject(new AuditUnavailableError('Too many entries are waiting to be written.'));
  const row = { _id: randomUUID(), ...entry, expiresAt: new Date(Date.parse(entry.at) + keptDays * dayMs) };
  return new Promise((written, failed) => {
    pending.push({ row, written, failed });
    writing ??= writeAll().finally(() => {
      writing = undefined;
    });
  });
}

/** @throws AuditUnavailableError while entries are buffered because of an outage */
export function requireAuditTrail(): void {
  if (away || pending.length >= bufferedAtMost) throw new AuditUnavailableError('Entries are waiting to be written.');
}

/** Resolves when the buffer is empty, or at the timeout. */
export async function flushAudit(withinMs = 2000): Promise<void> {
  if (!writing) return;
  const late = new AbortController();
  const pause = new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, withinMs);
    late.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  await Promise.race([writing, pause]);
  late.abort();
}

async function writeAll(): Promise<void> {
  for (let size = inOneWrite; pending.length > 0; ) {
    const batch = pending.slice(0, size);
    try {
      await write(batch);
      away = false;
      size = inOneWrite;
      pending = pending.slice(batch.length);
    } catch (error) {
      if (isUnavailable(error)) {
        away = true;
        // Callers are notified now; the entries stay buffered, and settling them again has no effect.
        for (const one of pending) one.failed(error);
        await new Promise((resolve) => setTimeout(resolve, tryAgainMs).unref());
      } else if (batch.length > 1) size = 1;
      else {
        // A permanently invalid entry must not block the others.
        batch[0]?.failed(error);
        pending = pending.slice(1);
      }
    }
  }
}

/** @throws when the database is unavailable; an entry it refuses fails individually */
async function write(batch: Pending[]): Promise<void> {
  const rows = batch.map(({ row }) => row as never);
  const refused = await AuditModel.collection.insertMany(rows, { ordered: false }).then(() => [], refusedOf);
  batch.forEach((one, index) => {
    const error = refused.find((each) => each.index === index);
    if (error) one.failed(error.reason);
    else one.written();
  });
}

const duplicateKey = 11000;

/** Indexes of refused entries. A duplicate key means that the entry was written before the connection was lost. */
function refusedOf(error: unknown): { index: number; reason: unknown }[] {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError) || isUnavailable(error)) throw error;
  const errors = [error.writeErrors].flat();
  if (errors.length === 0) throw error;
  return errors.filter((one) => one.code !== duplicateKey).map((one) => ({ index: one.index, reason: one }));
}
