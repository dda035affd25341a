/** What all collections have in common: string ids, no version key, no buffering; and how a duplicate key looks. */
import mongoose, { Schema, type SchemaDefinition, type SchemaOptions } from 'mongoose';

const common = {
  versionKey: false,
  minimize: false,
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
} as const satisfies SchemaOptions;

/** Any JSON, kept as it is. */
export const anyJson = Schema.Types.Mixed;

/** A schema with a string `_id`; lists and records of the rows are plain JSON, parsed at the border and trusted here. */
export function rowSchema<Row>(fields: SchemaDefinition): Schema<Row> {
  return new Schema<Row>({ _id: { type: String, required: true }, ...fields } as never, common as never);
}

/** Whether the error says that a unique key is taken already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
}

/** @returns whether there was no document of this id yet; one that is there is not changed */
export async function insertOnce<Row>(model: mongoose.Model<Row>, row: Row): Promise<boolean> {
  try {
    await model.create(row);
    return true;
  } catch (error) {
    if (isDuplicateKey(error)) return false;
    throw error;
  }
}

/** A person's text as a literal in a regular expression. */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Business keys that begin so, as typed; or in capitals, as case numbers are written. */
export function keysFrom(typed: string): { businessKey: { $regex: string } }[] {
  const ways = [...new Set([typed, typed.toUpperCase()])];
  return ways.map((way) => ({ businessKey: { $regex: `^${escapeRegExp(way)}` } }));
}
