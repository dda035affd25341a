/**
 * Case numbers (domain section 1): facility code + YYYYMM + serial, the serial anew each month in each facility. A number is one
 * inserted document, unique by month and serial and by request: no two get the same, a repeat gets its own again, none is lost.
 */
import mongoose from 'mongoose';
import { isDuplicateKey, rowSchema } from '../../db/schema.ts';

interface CaseNumberRow {
  /** The request that asked for it. */
  _id: string;
  /** Facility and month, for instance `BJ202611`. */
  month: string;
  serial: number;
  at: string;
}

const schema = rowSchema<CaseNumberRow>({ month: String, serial: Number, at: String });
schema.index({ month: 1, serial: -1 }, { unique: true });

export const CaseNumberModel = mongoose.model<CaseNumberRow>('caseNumbers', schema, 'caseNumbers');

export interface CaseNumberRequest {
  facility: string;
  /** Instant that decides the month, ISO 8601. */
  at: string;
  /** The same key gets the same number, whenever it asks. */
  requestKey: string;
  /** IANA zone of the facility. */
  zone?: string;
}

/** Requests of one month stand in line here; between processes the unique index decides. */
const lines = new Map<string, Promise<unknown>>();

export async function allocateCaseNumber(request: CaseNumberRequest): Promise<string> {
  const month = `${request.facility}${monthIn(request.zone ?? 'Asia/Shanghai', request.at)}`;
  const before = lines.get(month) ?? Promise.resolve();
  const mine = before.then(
    () => allocate(request, month),
    () => allocate(request, month),
  );
  lines.set(month, mine);
  try {
    return await mine;
  } finally {
    if (lines.get(month) === mine) lines.delete(month);
  }
}

async function allocate({ requestKey, at }: CaseNumberRequest, month: string): Promise<string> {
  for (;;) {
    const existing = await CaseNumberModel.findById(requestKey).lean<CaseNumberRow>();
    if (existing) return numberOf(existing);
    const last = await CaseNumberModel.findOne({ month }).sort({ serial: -1 }).lean<CaseNumberRow>();
    const row = { _id: requestKey, month, serial: (last?.serial ?? 0) + 1, at };
    try {
      await CaseNumberModel.collection.insertOne(row as never);
      return numberOf(row);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

/** Four digits; a month with more than 9999 cases simply gets a longer number. */
function numberOf(row: Pick<CaseNumberRow, 'month' | 'serial'>): string {
  return `${row.month}${String(row.serial).padStart(4, '0')}`;
}

/** 'YYYYMM' of an instant as a calendar on the wall there shows it. */
export function monthIn(zone: string, at: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit' }).formatToParts(
    new Date(at),
  );
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}${part('month')}`;
}
