/** Shared by all collections: string ids, no version key, no buffering; and detection of duplicate keys. */
import mongoose, { type QueryFilter, Schema, type SchemaDefinition, type SchemaOptions } from 'mongoose';
import { grouped } from './grouped.ts';

const common = {
  versionKey: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
} as const satisfies SchemaOptions;

/** Any JSON, stored unchanged. */
export const anyJson = Schema.Types.Mixed;

/** A schema with a string `_id`. Lists and records are plain JSON, validated on input. */
export function rowSchema<Row>(fields: SchemaDefinition): Schema<Row> {
  return new Schema<Row>({ _id: { type: String, required: true }, ...fields } as never, common as never);
}

/** Whether an error is a violation of a unique index. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
}

/** @returns whether the document was inserted; an existing one is unchanged */
export async function insertOnce<Row>(model: mongoose.Model<Row>, row: Row): Promise<boolean> {
  try {
    await model.create(row);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/**
 * Finds rows by id; concurrent lookups share one command.
 * @param projection fields to leave out
 */
export function finderById<Row extends { _id: string }>(
  model: mongoose.Model<Row>,
  projection: Record<string, 0> = {},
): (id: string) => Promise<Row | null> {
  return grouped(async (ids: string[]) => {
    const asked = { _id: { $in: [...new Set(ids)] } } as QueryFilter<Row>;
    const rows = new Map((await model.find(asked, projection).lean<Row[]>()).map((row) => [row._id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** Escapes text for use in a regular expression. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Prefix match of business keys, as typed or in upper case, as case numbers are written. */
export function keysFrom(typed: string): { businessKey: { $regex: string } }[] {
  const ways = [...new Set([typed, typed.toUpperCase()])];
  return ways.map((way) => ({ businessKey: { $regex: `^${escapeRegExp(way)}` } }));
}
