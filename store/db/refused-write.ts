/**
 * Whether a write failed because of its content and would fail again. Other failures may be temporary (availability.ts,
 * a lock, a permission).
 */
import mongoose from 'mongoose';
import { isUnavailable } from './availability.ts';

/**
 * BadValue 2, FailedToParse 9, TypeMismatch 14, Overflow 15, InvalidBSON 22, names of fields 52–57, ImmutableField 66,
 * DocumentValidationFailure 121, BSONObjectTooLarge 10334, duplicate keys 11000 and 11001, KeyTooLong 17280, too large after an update 17419
 * and 17420.
 */
const refusalCodes = new Set([
  2, 9, 14, 15, 22, 52, 53, 54, 55, 56, 57, 66, 121, 10334, 11000, 11001, 17280, 17419, 17420,
]);

const { MongoServerError, MongoBulkWriteError, BSON } = mongoose.mongo;

export function isRefusedWrite(error: unknown): boolean {
  if (isUnavailable(error)) return false;
  if (error instanceof MongoBulkWriteError) {
    const errors = [error.writeErrors].flat();
    if (errors.length > 0) return errors.every((one) => refusalCodes.has(Number(one.code)));
  }
  if (error instanceof MongoServerError) return refusalCodes.has(Number(error.code));
  // Thrown by the driver itself: names with U+0000, documents beyond its buffer.
  return error instanceof BSON.BSONError || error instanceof RangeError || isInvalidDocument(error);
}

const isInvalidDocument = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoInvalidArgumentError ||
  error instanceof mongoose.Error.ValidationError ||
  error instanceof mongoose.Error.CastError;
