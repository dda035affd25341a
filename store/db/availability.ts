/** Tells a database that is away from a request that is wrong: the first is waited for, the second is not. */
import mongoose from 'mongoose';

const { MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoTopologyClosedError, MongoError } =
  mongoose.mongo;

/** NotWritablePrimary, InterruptedAtShutdown, ShutdownInProgress, PrimarySteppedDown, … */
const passingCodes = new Set([6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

export function isUnavailable(error: unknown): boolean {
  if (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNotConnectedError ||
    error instanceof MongoTopologyClosedError
  )
    return true;
  if (error instanceof MongoError)
    return error.hasErrorLabel('RetryableWriteError') || passingCodes.has(Number(error.code));
  // Mongoose refuses to queue operations before the first connection.
  return (
    error instanceof mongoose.MongooseError && /initial connection|not connected|server selection/i.test(error.message)
  );
}
